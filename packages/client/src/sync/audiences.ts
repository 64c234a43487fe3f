/**
 * Which audiences are held, and how far each is proved to be without holes. A catch-up proves all of them up to its cursor;
 * live changes prove their own audience alone, because each names the one before it (Y2).
 */
export class Audiences {
  readonly #held = new Map<string, number>()
  /** Loaded whole at this seq: what is older is in there already, or gone. */
  readonly #loaded = new Map<string, number>()
  #proved = 0
  #loadedAll = 0

  /** Begins with what the store says is held. */
  restore(audiences: readonly string[], cursor: number): void {
    this.#held.clear()
    this.#loaded.clear()
    for (const audience of audiences) this.#held.set(audience, 0)
    this.#proved = cursor
    this.#loadedAll = 0
  }

  /** All were loaded whole at `cursor`. */
  loadedAll(audiences: readonly string[], cursor: number): void {
    this.restore(audiences, cursor)
    this.#loadedAll = cursor
  }

  /** One was loaded whole. */
  loaded(audience: string, head: number): void {
    this.#held.set(audience, head)
    this.#loaded.set(audience, head)
  }

  /** Held from its very first change on. */
  born(audience: string): void {
    this.#held.set(audience, 0)
  }

  drop(audience: string): void {
    this.#held.delete(audience)
    this.#loaded.delete(audience)
  }

  /** A catch-up has brought everything up to here. */
  provedAll(cursor: number): void {
    this.#proved = Math.max(this.#proved, cursor)
  }

  proved(audience: string, seq: number): void {
    this.#held.set(audience, Math.max(seq, this.#held.get(audience) ?? 0))
  }

  holds(audience: string): boolean {
    return this.#held.has(audience)
  }

  /** Up to which seq nothing of the audience is missing. */
  provedUpTo(audience: string): number {
    return Math.max(this.#proved, this.#held.get(audience) ?? 0)
  }

  /** Whether a load has already told what came of this change. */
  toldByLoad(audience: string, seq: number): boolean {
    return seq <= Math.max(this.#loadedAll, this.#loaded.get(audience) ?? 0)
  }

  names(): string[] {
    return [...this.#held.keys()]
  }
}
