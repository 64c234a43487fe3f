'use client'

import { useChats, useDepartments, useMe, useMembers, useWatchPresence } from '@parley/react/hooks'
import { Search } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useMemo, useState } from 'react'
import { State } from '../controls/state.tsx'
import { useOptionList } from '../controls/use-option-list.ts'
import { useText } from '../text/use-text.ts'
import { GroupAvatar } from '../groups/group-avatar.tsx'
import { Avatar } from '../members/avatar.tsx'
import { Highlighted } from './highlighted.tsx'
import { findAnything, type Found } from './find-anything.ts'
import { usePaletteActions } from './palette-actions.ts'
import '../text/words/search.ts'

/** Ctrl/Cmd K: people, chats and what one can do, steered from the keyboard alone. */
export function Palette({ onClose }: { onClose: () => void }) {
  const t = useText()
  const [query, setQuery] = useState('')
  const found = useFound(query)
  const take = usePaletteActions(onClose)
  const options = useOptionList(found.length, (index) => {
    const one = found[index]
    if (one) take(one)
  })
  useWatchPresence(found.flatMap((one) => (one.kind === 'action' ? [] : (one.member?.id ?? []))))

  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <div className="scrim" />
        <Dialog.Content className="palette" aria-describedby={undefined}>
          <Dialog.Title className="sr">{t('search.title')}</Dialog.Title>
          <div className="ask-line">
            <Search className="i l text-ink-3" />
            <input
              autoFocus
              type="text"
              dir="auto"
              aria-label={t('search.title')}
              placeholder={t('search.placeholder')}
              value={query}
              onChange={(event) => {
                setQuery(event.target.value)
                options.markFirst()
              }}
              {...options.field}
            />
            <Dialog.Close className="kbd" aria-label={t('search.escLabel')}>
              {t('search.esc')}
            </Dialog.Close>
          </div>
          <div className="found" aria-label={t('search.title')} {...options.listbox}>
            {found.map((one, index) => (
              <Option
                key={one.key}
                one={one}
                query={query}
                heading={one.kind !== found[index - 1]?.kind}
                props={options.option(index)}
              />
            ))}
          </div>
          {found.length === 0 ? (
            <State icon={Search} title={t('search.none', { query })}>
              {t('search.noneHint')}
            </State>
          ) : null}
          <p className="sr" role="status">
            {query ? t('search.results', { count: found.length }) : ''}
          </p>
          <footer aria-hidden="true">
            <span>{t('search.move')}</span>
            <span>{t('search.open')}</span>
          </footer>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function useFound(query: string): readonly Found[] {
  const t = useText()
  const me = useMe()
  const chats = useChats()
  const members = useMembers()
  const departments = useDepartments()
  return useMemo(
    () => findAnything({ query, me, chats, members, departments, say: (key) => t(key) }),
    [t, query, me, chats, members, departments],
  )
}

interface OptionProps {
  one: Found
  query: string
  heading: boolean
  props: ReturnType<ReturnType<typeof useOptionList>['option']>
}

const headings = { chat: 'search.chats', person: 'search.people', action: 'search.actions' } as const

function Option({ one, query, heading, props }: OptionProps) {
  const t = useText()
  return (
    <>
      {heading ? <h2 aria-hidden="true">{t(headings[one.kind])}</h2> : null}
      <div {...props}>
        {one.kind === 'action' ? (
          <one.icon className="i" />
        ) : one.kind === 'chat' && one.group ? (
          <GroupAvatar conversationId={one.conversationId} group={one.group} size="s" />
        ) : (
          <Avatar member={one.member} size="s" presence />
        )}
        <span className="cut" dir="auto">
          <Highlighted text={one.name} query={query} />
        </span>
        <span className="end cut" dir="auto">
          {one.note}
        </span>
      </div>
    </>
  )
}
