import { CallFailed } from '@parley/client/call-failed'
import type { ParleyClient } from '@parley/client/client-api'
import { asksForSomething, type ResolvedQuery } from '@parley/client/search/resolve-query'
import type { SearchHit } from '@parley/contracts/search/routes'
import { useConnection } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useFailureText } from '../controls/failure-text.ts'

/** After the last key, so that not every letter is asked about. */
const REST = 150
/** Pages without a hit that are followed by the next at once; beyond them the person says whether to go on. */
const EMPTY_PAGES = 20

export interface MessageSearch {
  readonly hits: readonly SearchHit[]
  /**
   * `idle`: nothing is asked for. `searching`: the server has not answered; hits are those of this device. `server`: it has.
   * `device`: it cannot be asked. `failed`: it has refused.
   */
  readonly state: 'idle' | 'searching' | 'server' | 'device' | 'failed'
  /** Why it failed, as a sentence. */
  readonly failure: string | null
  /** False while older messages are still being taken into the index. */
  readonly complete: boolean
  readonly cursor: number | null
  readonly loadingMore: boolean
}

const NOTHING: MessageSearch = {
  hits: [],
  state: 'idle',
  failure: null,
  complete: true,
  cursor: null,
  loadingMore: false,
}

interface Asking {
  aborted: boolean
}

/**
 * Messages that match, newest first: those on this device at once, and those of the server as soon as it answers.
 * @param limit of a page
 * @returns the search, and what asks for its next page
 */
export function useMessageSearch(query: ResolvedQuery, limit: number): [MessageSearch, () => void] {
  const say = useFailureText()
  const client = useClient()
  const offline = useConnection() === 'offline'
  const [search, setSearch] = useState<MessageSearch>(NOTHING)
  const asking = useRef<Asking>({ aborted: true })
  const key = keyOf(query)
  const [latest, setLatest] = useState({ key, query })
  if (latest.key !== key) setLatest({ key, query })
  const wanted = latest.query

  useEffect(() => {
    const mine: Asking = { aborted: false }
    asking.current = mine
    const update = (change: (before: MessageSearch) => MessageSearch) => {
      if (!mine.aborted) setSearch(change)
    }
    const nothing = !asksForSomething(wanted) || wanted.unknown.length > 0
    const timer = setTimeout(
      () => {
        if (nothing) update(() => NOTHING)
        else void run({ client, query: wanted, limit, offline, mine, update, say })
      },
      nothing ? 0 : REST,
    )
    return () => {
      mine.aborted = true
      clearTimeout(timer)
    }
  }, [client, wanted, limit, offline, say])

  const more = useCallback(() => {
    const mine = asking.current
    if (mine.aborted || search.cursor === null || search.loadingMore || search.state !== 'server') return
    setSearch((before) => ({ ...before, loadingMore: true }))
    page(client, wanted, limit, search.cursor, mine).then(
      ({ hits, cursor, complete }) => {
        if (mine.aborted) return
        setSearch((before) => ({
          ...before,
          hits: [...before.hits, ...hits],
          cursor,
          complete,
          loadingMore: false,
        }))
      },
      () => (mine.aborted ? undefined : setSearch((before) => ({ ...before, loadingMore: false }))),
    )
  }, [client, wanted, limit, search.cursor, search.loadingMore, search.state])

  return [search, more]
}

const keyOf = ({ words, from, in: inside, has, after, before, unknown }: ResolvedQuery) =>
  JSON.stringify([words, from, inside, has, after, before, unknown])

interface Run {
  readonly client: ParleyClient
  readonly query: ResolvedQuery
  readonly limit: number
  readonly offline: boolean
  readonly mine: Asking
  readonly update: (change: (before: MessageSearch) => MessageSearch) => void
  readonly say: (error: unknown) => string
}

async function run({ client, query, limit, offline, mine, update, say }: Run): Promise<void> {
  update((before) => ({ ...before, state: offline ? before.state : 'searching', failure: null }))
  let answered = false
  const device = client.searchDevice(query, limit, mine).then((hits) => {
    if (!answered) update(() => ({ ...NOTHING, hits, state: offline ? 'device' : 'searching' }))
  })
  if (offline) return device
  try {
    const { hits, cursor, complete } = await page(client, query, limit, null, mine)
    answered = true
    update(() => ({ ...NOTHING, hits, cursor, complete, state: 'server' }))
  } catch (error) {
    await device
    const unreachable = error instanceof CallFailed && error.code === 'unreachable'
    update((before) =>
      unreachable ? { ...before, state: 'device' } : { ...before, state: 'failed', failure: say(error) },
    )
  }
}

/** The next hits: pages without any are followed by those after them, up to a point. @throws CallFailed */
async function page(
  client: ParleyClient,
  { words, from, in: inside, has, after, before }: ResolvedQuery,
  limit: number,
  cursor: number | null,
  mine: Asking,
) {
  const asked = {
    words,
    limit,
    from: [...from],
    in: [...inside],
    has: [...has],
    ...(after > 0 && { after }),
    ...(before < Number.MAX_SAFE_INTEGER && { before }),
  }
  let next = cursor
  for (let empty = 0; ; empty += 1) {
    const answer = await client.call('searchMessages', {
      body: { ...asked, ...(next !== null && { cursor: next }) },
    })
    if (answer.hits.length > 0 || answer.cursor === null || empty >= EMPTY_PAGES || mine.aborted)
      return answer
    next = answer.cursor
  }
}
