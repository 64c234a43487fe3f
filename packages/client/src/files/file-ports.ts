/** The bytes of a file as the platform holds them: a `Blob`. Named here because the core knows neither DOM nor Node types. */
export interface Bytes {
  readonly size: number
  readonly type: string
  slice(from?: number, to?: number): Bytes
  arrayBuffer(): Promise<ArrayBuffer>
}

/** Keeps the bytes of files that wait to be sent, in the clear, for as long as they wait. */
export interface Shelf {
  /** @throws ShelfFull when the device has no room for it; nothing else is lost then */
  put(key: string, bytes: Bytes): Promise<void>
  get(key: string): Promise<Bytes | null>
  drop(key: string): Promise<void>
  /** What is kept, and since when in milliseconds since 1970. */
  all(): Promise<readonly { readonly key: string; readonly at: number }[]>
}

/** The device has no room for these bytes. */
export class ShelfFull extends Error {
  override readonly name = 'ShelfFull'
}

/** Which bytes of a file: all of them, or its small picture. */
export type Variant = 'content' | 'preview'

export interface CopyOf {
  readonly conversationId: string
  readonly messageId: string
  /** Of the message in its conversation; null while it waits. */
  readonly number: number | null
  readonly fileId: string
  readonly variant: Variant
}

/**
 * Copies of recent files for when there is no network: encrypted with a key that this device made and that nobody can read out, within a
 * budget, the longest unused going first. Nothing here ever fails: what cannot be kept is not kept.
 */
export interface DeviceCopies {
  get(copy: CopyOf): Promise<Bytes | null>
  put(copy: CopyOf, bytes: Bytes): Promise<void>
  /** Drops every copy of which this is not true. */
  keepOnly(wanted: (copy: CopyOf) => boolean): Promise<void>
}

/** Bytes on their way to the server. */
export interface Carrying {
  /** Rejects with CallFailed. Never settles once `stop` was called. */
  readonly done: Promise<void>
  /** What has arrived there stays. */
  stop(): void
}

export interface CarryGiven {
  readonly path: string
  readonly bytes: Bytes
  readonly headers: Readonly<Record<string, string>>
  /** How many bytes the server has, as far as is known. */
  readonly onProgress: (sent: number) => void
}

/** What files need of the place where the client runs; fetched with the first file. */
export interface FilePorts {
  readonly shelf: Shelf
  readonly copies: DeviceCopies
  /** Carries bytes to where the server has got to, by the tus protocol. */
  readonly carry: (given: CarryGiven) => Carrying
  /** Has the server forget an upload. @throws CallFailed */
  readonly forget: (path: string, headers: Readonly<Record<string, string>>) => Promise<void>
  /** @throws CallFailed */
  readonly fetch: (path: string, headers: Readonly<Record<string, string>>) => Promise<Bytes>
}

/** How a platform offers them. */
export interface FilePlace {
  /** Opens the ports: a part of the program that is fetched with the first wish for it. */
  open(): Promise<FilePorts>
  /** Whether copies were made here. Never fails, and opens nothing. */
  hasCopies(): Promise<boolean>
  /** Removes every copy, and also what waits to be sent where `outgoing` says so. Never fails. */
  wipe(what: { readonly outgoing: boolean }): Promise<void>
}

/** A file that goes with no message. */
export interface AloneGiven {
  readonly bytes: Bytes
  readonly name: string
  /** So many bytes have arrived. */
  readonly onProgress: (sent: number) => void
  /** Asked before each try, and as bytes arrive: somebody thinks better of it. */
  readonly isOver: () => boolean
}
