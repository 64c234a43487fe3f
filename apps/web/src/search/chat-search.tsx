'use client'

import type { ResolvedQuery } from '@parley/client/search/resolve-query'
import type { SearchHit } from '@parley/contracts/search/routes'
import { clsx } from 'clsx'
import { ChevronDown, ChevronUp, CloudOff, Search, X } from 'lucide-react'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { Button } from '../controls/button.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { useOptionList } from '../controls/use-option-list.ts'
import { messageAddress, useGo } from '../frame/navigation.ts'
import { useText } from '../text/use-text.ts'
import '../text/words/search.ts'
import { useNow } from '../time/use-now.ts'
import { DayInput } from './day-input.tsx'
import { FilterChips } from './filter-chips.tsx'
import { FoundOption } from './found-option.tsx'
import { markHits } from './mark-hits.ts'
import { useOpeners } from './openers.ts'
import { useMessageSearch, type MessageSearch } from './use-message-search.ts'
import { useResolvedQuery } from './use-resolved-query.ts'
import { useSuggestions } from './use-suggestions.ts'

/** Hits that are fetched at once; more when somebody comes near the last. */
const PAGE = 50
const NEAR = 10

/** Search inside one chat: a bar below its header, up and down through what was found, which is marked in the stream. */
export function ChatSearch({ conversationId, onClose }: { conversationId: string; onClose: () => void }) {
  const t = useText()
  const now = useNow()
  const bar = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const day = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const asked = useResolvedQuery(text, now)
  const query = useMemo(() => inside(asked, conversationId), [asked, conversationId])
  const [search, more] = useMessageSearch(query, PAGE)
  const { hit, place, step } = useSteps(search, more)
  useMarks(bar, query, hit)

  function ask(next: string) {
    setText(next)
    input.current?.focus()
  }
  const suggested = useSuggested(text, now, (next) => (next === null ? day.current?.showPicker() : ask(next)))

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    if (suggested.list.length > 0) {
      suggested.options.field.onKeyDown(event)
      return
    } else if (event.key === 'Enter') step(event.shiftKey ? -1 : 1)
    else if (event.key === 'ArrowUp') step(1)
    else if (event.key === 'ArrowDown') step(-1)
    else return
    event.preventDefault()
  }

  return (
    <div
      className="found-bar"
      ref={bar}
      role="search"
      aria-label={t('search.inChat')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
        event.preventDefault()
        onClose()
      }}
    >
      <div className="line">
        <label className="search">
          <Search className="i" />
          <input
            ref={input}
            autoFocus
            type="text"
            dir="auto"
            enterKeyHint="search"
            aria-label={t('search.inChat')}
            placeholder={t('search.inChatPlaceholder')}
            value={text}
            onChange={(event) => ask(event.target.value)}
            {...(suggested.list.length > 0 ? suggested.options.field : {})}
            onKeyDown={onKeyDown}
          />
          <span className="place" role="status">
            {placeText(t, search, place)}
          </span>
        </label>
        <IconButton icon={ChevronUp} label={t('search.older')} disabled={!hit} onClick={() => step(1)} />
        <IconButton icon={ChevronDown} label={t('search.newer')} disabled={!hit} onClick={() => step(-1)} />
        <IconButton icon={X} label={t('search.closeInChat')} onClick={onClose} />
      </div>
      <Filters text={text} none={isNone(search)} onChange={ask} />
      <DayInput ref={day} query={text} onChange={ask} />
      <Suggested {...suggested} now={now} />
      <Notes search={search} />
    </div>
  )
}

/**
 * Values for an operator that is being typed, steered from the field like any list of options.
 * @param take is given the query with the value; null for one that the calendar says
 */
function useSuggested(text: string, now: number, take: (query: string | null) => void) {
  const list = useSuggestions(text, now)
  const options = useOptionList(list.length, (index) => {
    const query = list[index]?.query
    if (query !== undefined) take(query)
  })
  return { list, options }
}

function Suggested({ list, options, now }: ReturnType<typeof useSuggested> & { now: number }) {
  const t = useText()
  if (list.length === 0) return null
  return (
    <div className="suggested" aria-label={t('search.narrow')} {...options.listbox}>
      {list.map((one, index) => (
        <FoundOption key={one.key} one={one} terms={[]} now={now} props={options.option(index)} />
      ))}
    </div>
  )
}

interface FiltersProps {
  text: string
  /** Nothing is found in this chat. */
  none: boolean
  onChange: (text: string) => void
}

function Filters({ text, none, onChange }: FiltersProps) {
  const t = useText()
  const { openPalette } = useOpeners()
  return (
    <div className="line">
      <FilterChips query={text} inChat onChange={onChange} />
      <Button
        look="quiet"
        size="small"
        className={clsx('everywhere ms-auto', none && 'only')}
        onClick={() => openPalette(text)}
      >
        {t('search.everywhere')}
      </Button>
    </div>
  )
}

function Notes({ search: { state, failure } }: { search: MessageSearch }) {
  const t = useText()
  if (state === 'device')
    return (
      <p className="search-note">
        <CloudOff className="i" />
        {t('search.device')}
      </p>
    )
  if (state !== 'failed') return null
  return (
    <p className="search-note" role="alert">
      {t('search.failed', { why: failure ?? '' })}
    </p>
  )
}

const inside = (query: ResolvedQuery, conversationId: string): ResolvedQuery => ({
  ...query,
  in: query.terms.length + query.from.length + query.has.length > 0 || isDated(query) ? [conversationId] : [],
})

const isNone = ({ hits, state }: MessageSearch) =>
  hits.length === 0 && (state === 'server' || state === 'device')

const isDated = ({ after, before }: ResolvedQuery) => after > 0 || before < Number.MAX_SAFE_INTEGER

/** Which of the hits one is at, beginning with the newest, and what goes on to another. */
function useSteps({ hits, cursor }: MessageSearch, more: () => void) {
  const go = useGo()
  const [at, setAt] = useState({ index: 0, first: '' })
  const first = hits[0]?.messageId ?? ''
  // other hits: from the newest again
  if (at.first !== first) setAt({ index: 0, first })
  const place = at.first === first ? Math.min(at.index, hits.length - 1) : 0
  const hit = hits[place] ?? null
  const shown = useRef('')

  useEffect(() => {
    if (!hit || shown.current === hit.messageId) return
    shown.current = hit.messageId
    go(messageAddress(hit))
  }, [go, hit])

  function step(by: 1 | -1) {
    if (hits.length === 0) return
    const next = (place + by + hits.length) % hits.length
    // round the end only where it is the end
    if (next === 0 && by === 1 && cursor !== null) {
      more()
      return
    }
    setAt({ index: next, first })
    if (hits.length - next < NEAR) more()
  }
  return { hit, place, step }
}

function placeText(
  t: ReturnType<typeof useText>,
  { hits, state, cursor }: MessageSearch,
  place: number,
): string {
  if (state === 'idle' || (state === 'searching' && hits.length === 0)) return ''
  if (hits.length === 0) return t('search.nonePlace')
  const counts = { at: place + 1, count: hits.length }
  return cursor === null ? t('search.place', counts) : t('search.placeMore', counts)
}

function useMarks(bar: { current: Element | null }, { terms }: ResolvedQuery, hit: SearchHit | null): void {
  const current = hit?.messageId ?? null
  useEffect(() => {
    const box = bar.current?.parentElement
    if (box) return markHits(box, terms, current)
    return undefined
  }, [bar, terms, current])
}
