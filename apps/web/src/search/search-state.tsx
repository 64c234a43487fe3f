'use client'

import type { ResolvedQuery } from '@parley/client/search/resolve-query'
import { operators, valuesOf } from '@parley/contracts/search/query'
import { CloudOff, Search, TriangleAlert } from 'lucide-react'
import { Button } from '../controls/button.tsx'
import { State } from '../controls/state.tsx'
import { useText } from '../text/use-text.ts'
import '../text/words/search.ts'
import type { MessageSearch } from './use-message-search.ts'

interface SearchStateProps {
  text: string
  query: ResolvedQuery
  messages: MessageSearch
  found: number
  onMore: () => void
  /** Leaves the words alone. */
  onClear: () => void
}

/** What stands below what was found: that more is coming, that it is of this device alone, that there is nothing, and why. */
export function SearchState({ text, query, messages, found, onMore, onClear }: SearchStateProps) {
  const t = useText()
  const { state, hits } = messages
  const filters = operators.filter((one) => valuesOf(text, one).length > 0).length
  const none = found === 0 && text.trim() !== '' && state !== 'searching'
  return (
    <>
      {state === 'searching' ? <Searching few={hits.length > 0} /> : null}
      {none && state !== 'failed' ? (
        <State
          icon={Search}
          title={
            query.unknown.length > 0
              ? t('search.unknown', { name: query.unknown[0] ?? '' })
              : t('search.none', { query: query.words.trim() || text.trim() })
          }
          acts={filters > 0 ? <Button onClick={onClear}>{t('search.clearFilters')}</Button> : null}
        >
          {filters > 0 ? t('search.noneFiltered', { count: filters }) : t('search.noneHint')}
        </State>
      ) : null}
      {state === 'failed' ? (
        <Note icon={TriangleAlert}>{t('search.failed', { why: messages.failure ?? '' })}</Note>
      ) : null}
      {state === 'device' ? <Note icon={CloudOff}>{t('search.device')}</Note> : null}
      {state === 'server' && !messages.complete ? <Note icon={Search}>{t('search.incomplete')}</Note> : null}
      {messages.cursor !== null ? (
        <div className="more-row">
          <Button look="quiet" size="small" busy={messages.loadingMore} onClick={onMore}>
            {t('search.more')}
          </Button>
        </div>
      ) : null}
      <p className="sr" role="status">
        {text.trim() !== '' && state !== 'searching' ? t('search.results', { count: found }) : ''}
      </p>
    </>
  )
}

function Note({ icon: Icon, children }: { icon: typeof Search; children: string }) {
  return (
    <p className="search-note">
      <Icon className="i" />
      {children}
    </p>
  )
}

/** Lines that are still to come. */
function Searching({ few }: { few: boolean }) {
  const t = useText()
  return (
    <div className="bones searching">
      <span className="sr">{t('search.searching')}</span>
      {(few ? [60] : [75, 60, 45]).map((width) => (
        <div className="bone-line" key={width} aria-hidden="true">
          <span className="bone round" />
          <span className={`bone w${String(width)}`} />
        </div>
      ))}
    </div>
  )
}
