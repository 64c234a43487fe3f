'use client'

import { clsx } from 'clsx'
import { Check, type LucideIcon } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useRef, type FocusEvent, type ReactElement, type ReactNode } from 'react'

interface MenuProps {
  trigger: ReactElement
  label?: string
  align?: 'start' | 'end'
  side?: 'top' | 'bottom' | 'right'
  /** For a menu that is fetched with the wish for it. */
  openAtOnce?: boolean
  onOpenChange?: (open: boolean) => void
  /** Where it belongs; the page's main part where nothing is said. */
  container?: Element | null
  children: ReactNode
}

/** Not modal: Radix' scroll lock would write a <style> element, which the content security policy refuses. */
export function Menu({
  trigger,
  label,
  align = 'end',
  side = 'bottom',
  openAtOnce = false,
  onOpenChange,
  container,
  children,
}: MenuProps) {
  const onFocus = useFirstItem(openAtOnce)
  return (
    <DropdownMenu.Root modal={false} defaultOpen={openAtOnce} {...(onOpenChange ? { onOpenChange } : {})}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      {/* Inside the page's main landmark, where everything belongs that is no dialog. */}
      <DropdownMenu.Portal container={container ?? document.getElementById('content')}>
        <DropdownMenu.Content
          className="menu"
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          onFocus={onFocus}
          {...(label ? { 'aria-label': label } : {})}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

/**
 * The first item has the focus of a menu that was opened by key. Radix sees to that itself where it heard the key; of a menu that is fetched
 * with the wish for it, it did not.
 */
function useFirstItem(openAtOnce: boolean) {
  const wanted = useRef(openAtOnce)
  return ({ target, currentTarget }: FocusEvent<HTMLElement>) => {
    if (!wanted.current || target !== currentTarget) return
    wanted.current = false
    if (target.matches(':focus-visible'))
      target.querySelector<HTMLElement>('[role^="menuitem"]:not([data-disabled], .menu-emoji > *)')?.focus()
  }
}

interface MenuItemProps {
  icon: LucideIcon
  danger?: boolean
  /** The letter that does the same without the menu. */
  letter?: string
  onSelect: () => void
  children: ReactNode
}

export function MenuItem({ icon: Icon, danger, letter, onSelect, children }: MenuItemProps) {
  return (
    <DropdownMenu.Item className={clsx(danger && 'danger')} aria-keyshortcuts={letter} onSelect={onSelect}>
      <Icon className="i" />
      {children}
      {letter ? (
        <kbd className="kbd desk-only" aria-hidden="true">
          {letter}
        </kbd>
      ) : null}
    </DropdownMenu.Item>
  )
}

export const MenuLine = () => <DropdownMenu.Separator />
export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <DropdownMenu.Label className="menu-label">{children}</DropdownMenu.Label>
)

interface MenuRadioProps<V extends string> {
  value: V
  options: readonly { readonly value: V; readonly text: string; readonly icon: LucideIcon }[]
  onChange: (value: V) => void
}

export function MenuRadio<V extends string>({ value, options, onChange }: MenuRadioProps<V>) {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={(next) => onChange(next as V)}>
      {options.map(({ value: option, text, icon: Icon }) => (
        <DropdownMenu.RadioItem key={option} value={option} onSelect={(event) => event.preventDefault()}>
          <Icon className="i" />
          <span className="fill">{text}</span>
          <DropdownMenu.ItemIndicator>
            <Check className="i" />
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  )
}
