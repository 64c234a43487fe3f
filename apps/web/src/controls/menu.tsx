'use client'

import { clsx } from 'clsx'
import { Check, type LucideIcon } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'

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
          {...(label ? { 'aria-label': label } : {})}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

interface MenuItemProps {
  icon: LucideIcon
  danger?: boolean
  onSelect: () => void
  children: ReactNode
}

export function MenuItem({ icon: Icon, danger, onSelect, children }: MenuItemProps) {
  return (
    <DropdownMenu.Item className={clsx(danger && 'danger')} onSelect={onSelect}>
      <Icon className="i" />
      {children}
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
