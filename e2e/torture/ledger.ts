import type { ParleyClient } from '@parley/client/client-api'

interface Said {
  /** Of the message, or of the import that brought it. */
  readonly id: string
  readonly conversationId: string
  /** null for what nobody of those watched has written. */
  readonly memberId: string | null
  /** Stands in nothing else that anybody says. */
  readonly mark: string
}

const key = (conversationId: string, memberId: string) => `${conversationId} ${memberId}`

/**
 * What is said in an organisation, what of it is to be nowhere any more, and who may not have it: only what those who act can tell for
 * certain, however bad their network.
 */
export class Ledger {
  readonly #said: Said[] = []
  readonly #over = new Set<string>()
  readonly #passedOn = new Set<string>()
  readonly #ends = new Map<string, number>()
  /** Who is out of a group, and how much had been said before what they may not have. */
  readonly #out = new Map<string, number>()
  /** The messages that a newcomer may not read. */
  readonly #hidden = new Map<string, ReadonlySet<string>>()

  wrote(said: Said): void {
    this.#said.push(said)
  }

  /** A message says something else now. */
  edited(id: string, mark: string): void {
    const first = this.#said.find((one) => one.id === id)
    if (first) this.#said.push({ ...first, mark })
  }

  /** Nothing of it is to be anywhere. */
  isOver(id: string): void {
    this.#over.add(id)
  }

  /** What it carries stands elsewhere too, under the same name. */
  passedOn(id: string): void {
    this.#passedOn.add(id)
  }

  /** Takes down when the messages end that somebody sees. */
  noteEnds(client: ParleyClient): void {
    for (const { conversationId } of client.chats()) {
      const view = client.conversation(conversationId)
      if (!view?.conversation.disappearing) continue
      for (const { id, expiresAt } of view.messages) if (expiresAt !== null) this.#ends.set(id, expiresAt)
    }
  }

  /** Somebody has certainly left a group, or was removed. */
  left(conversationId: string, memberId: string, keepsHistory: boolean): void {
    this.#out.set(key(conversationId, memberId), keepsHistory ? this.#said.length : 0)
  }

  /** Somebody may be in a group again. @returns whether they certainly were not before */
  mayReturn(conversationId: string, memberId: string): boolean {
    this.#hidden.delete(key(conversationId, memberId))
    return this.#out.delete(key(conversationId, memberId))
  }

  /** Somebody has certainly joined a group that hides these messages from them. */
  hides(conversationId: string, memberId: string, messageIds: Iterable<string>): void {
    this.#hidden.set(key(conversationId, memberId), new Set(messageIds))
  }

  conversationIds(): Set<string> {
    return new Set(this.#said.map(({ conversationId }) => conversationId))
  }

  /** The marks in `everything` that are not in `allowed`. */
  marksBeyond(everything: string, allowed: string): string[] {
    return this.#marks(({ mark }) => everything.includes(mark) && !allowed.includes(mark))
  }

  /** What is to be on no device at this time. */
  gone(now: number): string[] {
    return this.#marks(({ id }) => this.#over.has(id) || (this.#ends.get(id) ?? Infinity) <= now)
  }

  /** What others have said in groups since this member was out of them, or ever where they keep nothing. */
  notFor(memberId: string): string[] {
    return this.#marks((said, index) => {
      const from = this.#out.get(key(said.conversationId, memberId))
      return from !== undefined && index >= from && said.memberId !== memberId
    })
  }

  /** What others had said in groups before this member joined them. It may be quoted to them. */
  before(memberId: string): string[] {
    return this.#marks(
      ({ id, conversationId, ...said }) =>
        said.memberId !== memberId && (this.#hidden.get(key(conversationId, memberId))?.has(id) ?? false),
    )
  }

  #marks(which: (said: Said, index: number) => boolean): string[] {
    return this.#said
      .filter((said, index) => !this.#passedOn.has(said.id) && which(said, index))
      .map(({ mark }) => mark)
  }
}
