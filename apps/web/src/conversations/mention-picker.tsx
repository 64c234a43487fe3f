'use client'

import { ALL } from '@parley/contracts/messages/mention-spans'
import type { Member } from '@parley/contracts/members/member'
import { useConversation, useMe } from '@parley/react/hooks'
import { Megaphone } from 'lucide-react'
import {
  useEffect,
  useId,
  useImperativeHandle,
  useMemo,
  useState,
  useSyncExternalStore,
  type KeyboardEvent,
  type Ref,
  type RefObject,
} from 'react'
import { flushSync } from 'react-dom'
import { Avatar } from '../members/avatar.tsx'
import { useText } from '../text/use-text.ts'
import { candidatesFor, mentionAt } from './mention-at.ts'

export interface MentionHandle {
  /** Steers the list while it is open. @returns whether the key was meant for it */
  key(event: KeyboardEvent): boolean
}

interface MentionPickerProps {
  conversationId: string
  field: RefObject<HTMLTextAreaElement | null>
  text: string
  onChange: (text: string) => void
  ref: Ref<MentionHandle>
}

function watchCaret(listener: () => void): () => void {
  document.addEventListener('selectionchange', listener)
  return () => document.removeEventListener('selectionchange', listener)
}

/** In a group, who may be meant by the "@" before the caret; above the field, steered from it. */
export function MentionPicker({ conversationId, field, text, onChange, ref }: MentionPickerProps) {
  const t = useText()
  const id = useId()
  const caret = useSyncExternalStore(watchCaret, () => field.current?.selectionEnd ?? 0)
  const [left, setLeft] = useState<number | null>(null)
  const asked = mentionAt(text, caret)
  const people = usePeople(conversationId)
  const found = useMemo(
    () => (asked && people && asked.from !== left ? candidatesFor(people, asked.query) : []),
    [people, asked, left],
  )
  const [wanted, setMarked] = useState({ query: '', index: 0 })
  // what is typed on begins at the first again
  const marked = wanted.query === asked?.query ? Math.min(wanted.index, found.length - 1) : 0
  const open = found.length > 0

  function take(one: Member | null | undefined) {
    if (one === undefined || !asked) return
    const called = `@${one?.name ?? ALL} `
    const after = text.slice(caret).replace(/^ /, '')
    // at once: whoever types on must not find the caret elsewhere in between
    flushSync(() => onChange(text.slice(0, asked.from) + called + after))
    const at = asked.from + called.length
    field.current?.focus()
    field.current?.setSelectionRange(at, at)
  }
  const mark = (index: number) => {
    setMarked({ query: asked?.query ?? '', index })
    document.getElementById(`${id}-${index}`)?.scrollIntoView({ block: 'nearest' })
  }

  useImperativeHandle(ref, () => ({
    key(event) {
      if (!open || event.nativeEvent.isComposing) return false
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      if (step !== undefined) mark((marked + step + found.length) % found.length)
      else if (event.key === 'Escape') setLeft(asked?.from ?? null)
      else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') take(found[marked])
      else return false
      event.preventDefault()
      return true
    },
  }))
  useSteeredBy(field, open ? { 'aria-controls': id, 'aria-activedescendant': `${id}-${marked}` } : null)

  if (!open) return null
  return (
    <div className="mention-list" id={id} role="listbox" aria-label={t('groups.mention')}>
      {found.map((one, index) => (
        <div
          key={one?.id ?? ALL}
          id={`${id}-${index}`}
          className="picker-row"
          role="option"
          aria-selected={index === marked}
          onPointerMove={() => setMarked({ query: asked?.query ?? '', index })}
          // the field keeps the focus, and a phone its keyboard
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => take(one)}
        >
          {one ? (
            <Avatar member={one} size="sm" />
          ) : (
            <span className="av sm group" aria-hidden="true">
              <Megaphone className="i" />
            </span>
          )}
          <span className="cut font-medium" dir="auto">
            {one ? one.name : `@${ALL}`}
          </span>
          {one ? null : <span className="cut text-xs text-ink-3">{t('groups.mentionAll')}</span>}
        </div>
      ))}
    </div>
  )
}

/** Who can be called: everybody in the group but oneself; null where nobody is called by name. */
function usePeople(conversationId: string): readonly Member[] | null {
  const me = useMe()?.id
  const view = useConversation(conversationId)
  const participants = view?.participants
  const isGroup = view?.conversation.kind === 'group'
  return useMemo(
    () =>
      isGroup && participants
        ? participants.map(({ member }) => member).filter(({ id, state }) => id !== me && state === 'active')
        : null,
    [isGroup, participants, me],
  )
}

/** Tells screen readers what the field steers, for as long as it does. */
function useSteeredBy(
  field: RefObject<HTMLTextAreaElement | null>,
  attributes: Readonly<Record<string, string>> | null,
) {
  useEffect(() => {
    const area = field.current
    if (!area || !attributes) return
    const names = Object.keys(attributes)
    area.setAttribute('aria-autocomplete', 'list')
    for (const name of names) area.setAttribute(name, attributes[name] ?? '')
    return () => {
      for (const name of ['aria-autocomplete', ...names]) area.removeAttribute(name)
    }
  })
}
