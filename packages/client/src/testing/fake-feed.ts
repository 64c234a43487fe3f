import type { Audience, Change, ChangeFor } from '@parley/contracts/sync/change'

export type Entry = Pick<Change, 'kind' | 'id' | 'data'> & {
  readonly seq: number
  readonly audience: Audience
}

/** The feed of an organisation: at most the newest entry of each entity in an audience. */
export class FakeFeed {
  seq = 0
  readonly #entries = new Map<string, Entry>()
  readonly #heads = new Map<string, number>()

  take(audience: Audience): [seq: number, prev: number] {
    this.seq += 1
    const prev = this.head(audience)
    this.#heads.set(audience, this.seq)
    return [this.seq, prev]
  }

  enter(entry: Entry): void {
    this.#entries.set(`${entry.audience} ${entry.kind} ${entry.id}`, entry)
  }

  /** Everything told to these audiences, as catch-up tells it. */
  entriesOf(audiences: ReadonlySet<string>): Change[] {
    const entries = [...this.#entries.values()].filter(({ audience }) => audiences.has(audience))
    return entries.map((entry) => ({ ...entry, prev: 0 }) as Change)
  }

  /** What is said to a message without words goes with it, without a change of its own. */
  forgetReactionsTo(messageId: string): void {
    for (const [key, entry] of this.#entries)
      if (entry.kind === 'reaction' && entry.id.startsWith(messageId))
        this.#entries.set(key, { ...entry, data: null })
  }

  /** What was told of an entity to one audience; null where nothing was. */
  told(audience: Audience, kind: Change['kind'], id: string): Change['data'] {
    return this.#entries.get(`${audience} ${kind} ${id}`)?.data ?? null
  }

  /** What is said without words to the messages of a conversation with these numbers. */
  reactionsTo(conversationId: string, numbers: readonly number[]): ChangeFor<'reaction'>[] {
    return this.entriesOf(new Set([`conversation:${conversationId}`])).filter(
      (change): change is ChangeFor<'reaction'> =>
        change.kind === 'reaction' && change.data !== null && numbers.includes(change.data.number),
    )
  }

  head(audience: string): number {
    return this.#heads.get(audience) ?? 0
  }

  headsOf(audiences: readonly Audience[]): Record<string, number> {
    return Object.fromEntries(audiences.map((audience) => [audience, this.head(audience)]))
  }
}
