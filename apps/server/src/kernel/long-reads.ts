/** How a caller takes an answer compressed. */
export type Encoding = 'br' | 'gzip'

/** An answer as it leaves: JSON in UTF-8, compressed where `encoding` says so. */
export class EncodedJson {
  readonly bytes: Uint8Array
  readonly encoding: Encoding | null

  constructor(bytes: Uint8Array, encoding: Encoding | null) {
    this.bytes = bytes
    this.encoding = encoding
  }
}

/** Reads something whole. What it is given and what it answers is plain data, so that any thread can run it. */
export type LongRead = (read: never, input: never) => Promise<unknown>

/**
 * Runs reads that may take long (T6). Each sees everything that was committed when it was asked for, and rights as they are in
 * what it sees.
 */
export interface LongReads<Reads extends Readonly<Record<string, LongRead>>> {
  /** Whether they run off the serving thread, so that handing one over is worth the way. */
  readonly elsewhere: boolean
  /** @throws what the read throws; DomainError overloaded, storage_unavailable, shutting_down */
  answer<N extends keyof Reads & string>(
    name: N,
    input: Parameters<Reads[N]>[1],
    encoding: Encoding | null,
  ): Promise<EncodedJson>
}

/** An engine's place for such reads, off the serving thread: each runs in one snapshot of what is committed. */
export interface ReadsElsewhere {
  /** @throws what the read throws; DomainError overloaded, storage_unavailable, shutting_down */
  answer(name: string, input: unknown, encoding: Encoding | null): Promise<EncodedJson>
}
