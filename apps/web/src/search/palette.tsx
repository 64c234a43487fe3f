'use client'

import { useWatchPresence } from '@parley/react/hooks'
import { Search, X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useRef, useState } from 'react'
import { IconButton } from '../controls/icon-button.tsx'
import { useIsPhone } from '../controls/use-media.ts'
import { useOptionList } from '../controls/use-option-list.ts'
import { useText } from '../text/use-text.ts'
import '../text/words/search.ts'
import { DayInput } from './day-input.tsx'
import { FilterChips } from './filter-chips.tsx'
import type { Found } from './find-anything.ts'
import { FoundOption } from './found-option.tsx'
import { usePaletteActions } from './palette-actions.ts'
import { SearchState } from './search-state.tsx'
import { useFound } from './use-found.ts'

const headings = {
  filter: 'search.narrow',
  chat: 'search.chats',
  person: 'search.people',
  action: 'search.actions',
  message: 'search.messages',
} as const

/** Ctrl/Cmd K, and the field above the chats: people, chats, messages and what one can do, steered from the keyboard alone. */
export function Palette({ text: asked = '', onClose }: { text?: string; onClose: () => void }) {
  const t = useText()
  const input = useRef<HTMLInputElement>(null)
  const day = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(asked)
  const { found, query, messages, more, now } = useFound(text)
  const open = usePaletteActions(onClose)
  const take = (one: Found | undefined) => {
    if (!one) return
    if (one.kind !== 'filter') open(one)
    else if (one.query === null) day.current?.showPicker()
    else ask(one.query)
  }
  const options = useOptionList(found.length, (index) => take(found[index]))
  function ask(next: string) {
    setText(next)
    options.markFirst()
    input.current?.focus()
  }
  useWatchPresence(found.flatMap((one) => ('member' in one ? (one.member?.id ?? []) : [])))

  return (
    <Dialog.Root open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Dialog.Portal>
        <div className="scrim" />
        <Dialog.Content className="palette" aria-describedby={undefined}>
          <Dialog.Title className="sr">{t('search.title')}</Dialog.Title>
          <div className="ask-line">
            <Search className="i l text-ink-3" />
            <input
              ref={input}
              autoFocus
              type="text"
              dir="auto"
              enterKeyHint="search"
              aria-label={t('search.title')}
              placeholder={t('search.placeholder')}
              value={text}
              onChange={(event) => ask(event.target.value)}
              {...options.field}
            />
            <CloseButton />
          </div>
          <FilterChips query={text} onChange={ask} />
          <DayInput ref={day} query={text} onChange={ask} />
          <FoundList
            text={text}
            found={found}
            state={{ query, messages, more, now }}
            options={options}
            onAsk={ask}
          />
          <footer aria-hidden="true">
            <span>{t('search.move')}</span>
            <span>{t('search.open')}</span>
            <span>{t('search.tab')}</span>
          </footer>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

const NEAR_END = 300

/** A phone has no Escape. */
function CloseButton() {
  const t = useText()
  if (useIsPhone())
    return (
      <Dialog.Close asChild>
        <IconButton icon={X} label={t('acts.close')} />
      </Dialog.Close>
    )
  return (
    <Dialog.Close className="kbd" aria-label={t('search.escLabel')}>
      {t('search.esc')}
    </Dialog.Close>
  )
}

interface FoundListProps {
  text: string
  found: readonly Found[]
  state: Pick<ReturnType<typeof useFound>, 'query' | 'messages' | 'more' | 'now'>
  options: ReturnType<typeof useOptionList>
  onAsk: (text: string) => void
}

function FoundList({ text, found, state: { query, messages, more, now }, options, onAsk }: FoundListProps) {
  const t = useText()
  return (
    <div
      className="found"
      aria-busy={messages.state === 'searching'}
      onScroll={({ currentTarget: box }) => {
        if (box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END) more()
      }}
    >
      <div aria-label={t('search.title')} {...options.listbox}>
        {found.map((one, index) => (
          <div key={`${one.kind} ${one.key}`} role="presentation">
            {one.kind !== found[index - 1]?.kind ? <h2 aria-hidden="true">{t(headings[one.kind])}</h2> : null}
            <FoundOption one={one} terms={query.terms} now={now} props={options.option(index)} />
          </div>
        ))}
      </div>
      <SearchState
        text={text}
        query={query}
        messages={messages}
        found={found.length}
        onMore={more}
        onClear={() => onAsk(query.words)}
      />
    </div>
  )
}
