import { rangeAfter, rangeOf } from '@parley/contracts/conversations/purged-ranges'
import { CallFailed } from '../call-failed.ts'
import type { MessageRecord } from '../local-store/local-store.ts'
import type { Replica } from '../replica/replica.ts'
import { dataOf, purgedIn } from '../replica/replica-state.ts'
import type { SessionKeeper } from '../sessions/session-keeper.ts'
import type { History } from './history.ts'
import { recordsOfPage } from './records-of-page.ts'
import { growPlace, type MessagePlace } from './message-place.ts'

const PAGE = 50
/** What stands so little above what is shown is reached by scrolling there. */
const NEAR = 150

interface Page {
  readonly records: readonly MessageRecord[]
  readonly reachedStart: boolean
}

export interface PlacesDeps {
  readonly replica: Replica
  readonly session: Pick<SessionKeeper, 'call'>
  readonly history: Pick<History, 'older'>
}

/** Shows messages in their place, however far in the past: from the store where it holds them, else from the server. */
export class Places {
  readonly #deps: PlacesDeps
  #ids = 0
  /** What was asked for last in each conversation; whatever was asked for before it is over. */
  readonly #newest = new Map<string, number>()

  constructor(deps: PlacesDeps) {
    this.#deps = deps
  }

  /**
   * Makes a message one of those shown, with its neighbours. Never throws.
   * @returns why it cannot be shown, as a sentence; null when it is, or when somebody wishes to see something else by now
   */
  async show(conversationId: string, number: number): Promise<string | null> {
    const id = ++this.#ids
    this.#newest.set(conversationId, id)
    const isOver = () => this.#newest.get(conversationId) !== id
    if (this.#isShown(conversationId, number)) return null
    if ((await this.#scrolledTo(conversationId, number, isOver)) || isOver()) return null
    const held = this.#deps.replica.state.windows.get(conversationId)?.from ?? Infinity
    // of what the device has it begins no earlier, so that it needs no network
    const place = newPlace(id, Math.max(number >= held ? held : 1, number - PAGE / 2))
    this.#of(conversationId, place)
    const failure = await this.#load(conversationId, place, () => this.#onward(conversationId, place.from))
    const found = place.messages.some(({ message }) => message.number === number)
    if ((failure === null && found) || isOver()) return null
    if (this.#place(conversationId) === place) this.#leave(conversationId)
    return failure ?? 'This message is not there any more.'
  }

  /** Back to the present. */
  leave(conversationId: string): void {
    this.#newest.delete(conversationId)
    this.#leave(conversationId)
  }

  #leave(conversationId: string): void {
    if (this.#deps.replica.state.places.delete(conversationId)) this.#touch(conversationId)
  }

  /** Shows a page more of what came before. @returns false where no place is shown */
  older(conversationId: string): boolean {
    const place = this.#place(conversationId)
    if (!place) return false
    if (place.loading || place.reachedStart) return true
    place.loading = 'older'
    void this.#load(conversationId, place, () => this.#back(conversationId, place.from))
    return true
  }

  /** Shows a page more of what came after. Never throws. */
  async newer(conversationId: string): Promise<void> {
    const place = this.#place(conversationId)
    const last = this.#deps.replica.state.windows.get(conversationId)?.last?.message.number ?? 0
    if (!place || place.loading || place.until >= last) return
    place.loading = 'newer'
    await this.#load(conversationId, place, () => this.#onward(conversationId, place.until + 1))
  }

  /** One message: as the device has it, else as the server does. null where it cannot be had. */
  async one(conversationId: string, number: number): Promise<MessageRecord | null> {
    const window = this.#deps.replica.state.windows.get(conversationId)
    const held = window !== undefined && number >= window.from
    try {
      const records = held
        ? await this.#held(conversationId, number, number + 1)
        : (await this.#ask(conversationId, { from: number, limit: 1 })).records
      return records.find(({ message }) => message.number === number) ?? null
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error
      return null
    }
  }

  #isShown(conversationId: string, number: number): boolean {
    const place = this.#place(conversationId)
    if (place && number >= place.from && number <= place.until) return true
    const window = this.#deps.replica.state.windows.get(conversationId)
    if (!window || number < window.shownFrom) return false
    this.#leave(conversationId)
    return window.messages.some(({ message }) => message.number === number)
  }

  /** What is near is reached page by page, so that nothing has to change its place. */
  async #scrolledTo(conversationId: string, number: number, isOver: () => boolean): Promise<boolean> {
    const { replica, history } = this.#deps
    const shownFrom = () => replica.state.windows.get(conversationId)?.shownFrom ?? Infinity
    if (this.#place(conversationId) || shownFrom() - number > NEAR) return false
    while (shownFrom() > number) {
      const before = shownFrom()
      if (!(await history.older(conversationId)) || shownFrom() >= before || isOver()) return false
    }
    return this.#isShown(conversationId, number)
  }

  /** @returns why it failed; null when it did not */
  async #load(
    conversationId: string,
    place: MessagePlace,
    page: () => Promise<Page>,
  ): Promise<string | null> {
    place.loading ??= 'newer'
    place.failure = null
    this.#touch(conversationId)
    try {
      const { records, reachedStart } = await page()
      // Access was lost meanwhile, or somebody looks elsewhere.
      if (this.#place(conversationId) !== place) return null
      place.reachedStart ||= reachedStart
      growPlace(place, records)
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error
      place.loading = null
      place.failure = error.message
    }
    this.#touch(conversationId)
    return place.failure
  }

  async #onward(conversationId: string, after: number): Promise<Page> {
    const gone = rangeAfter(purgedIn(this.#deps.replica.state, conversationId), after)
    const from = gone ? gone.to + 1 : after
    const window = this.#deps.replica.state.windows.get(conversationId)
    if (window && from >= window.from) {
      const records = await this.#held(conversationId, from, from + PAGE)
      return { records, reachedStart: from <= 1 }
    }
    return this.#ask(conversationId, { from, limit: PAGE })
  }

  async #back(conversationId: string, before: number): Promise<Page> {
    const window = this.#deps.replica.state.windows.get(conversationId)
    if (window && before > window.from) {
      // not by numbers: many in a row may be gone for good
      const records = (await this.#held(conversationId, window.from, before)).slice(-PAGE)
      return { records, reachedStart: window.from <= 1 && records.length < PAGE }
    }
    return this.#ask(conversationId, { before, limit: PAGE })
  }

  async #ask(
    conversationId: string,
    query: { from?: number; before?: number; limit: number },
  ): Promise<Page> {
    const { session, replica } = this.#deps
    const page = await session.call('listMessages', { params: { conversationId }, query })
    if (!dataOf(replica.state, 'conversation', conversationId)) return { records: [], reachedStart: false }
    const gone = purgedIn(replica.state, conversationId)
    const records = recordsOfPage(page).filter(({ message }) => !rangeOf(gone, message.number))
    return { records, reachedStart: page.reachedStart }
  }

  /** Messages with `from <= number < before` that the device has: what memory shows is newer than what the store has. */
  async #held(conversationId: string, from: number, before: number): Promise<readonly MessageRecord[]> {
    const { replica } = this.#deps
    const shownFrom = replica.state.windows.get(conversationId)?.shownFrom ?? before
    const stored = await replica.readMessages(conversationId, from, Math.min(before, shownFrom), PAGE)
    const shown = replica.state.windows.get(conversationId)?.messages ?? []
    return [
      ...stored,
      ...shown.filter(({ message: { number } }) => number >= Math.max(from, shownFrom) && number < before),
    ]
  }

  #place(conversationId: string): MessagePlace | undefined {
    return this.#deps.replica.state.places.get(conversationId)
  }

  #of(conversationId: string, place: MessagePlace): void {
    this.#deps.replica.state.places.set(conversationId, place)
    this.#touch(conversationId)
  }

  #touch(conversationId: string): void {
    this.#deps.replica.topics.touch(`conversation:${conversationId}`)
  }
}

/** With nothing in it yet; it begins at `from`. */
const newPlace = (id: number, from: number): MessagePlace => ({
  id,
  from,
  until: from - 1,
  reachedStart: from <= 1,
  loading: 'newer',
  failure: null,
  messages: [],
  meanwhile: new Map(),
  said: [],
})
