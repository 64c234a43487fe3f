import type { CredentialTransport } from '@parley/contracts/sessions/session'
import type { FilePlace } from './files/file-ports.ts'
import { memoryPlace } from './files/memory-place.ts'
import type { LocalStore } from './local-store/local-store.ts'
import { memoryStore } from './local-store/memory-store.ts'
import { Client, type ManagedClient } from './client.ts'
import type { Platform } from './platform/platform.ts'
import { httpOver } from './transport/http-transport.ts'
import { socketOver } from './transport/socket-transport.ts'
import type { Transport } from './transport/transport.ts'

export interface ClientOptions {
  /** Such as `https://chat.example.org`, without a slash at the end; empty for the page's own origin. */
  readonly baseUrl: string
  /** `cookie` in browsers, `token` for programs that keep their tokens in the local store (A1). */
  readonly credentials: CredentialTransport
  readonly platform: Platform
  /** Opens the local store; rejects where the device keeps nothing. Memory when left out. */
  readonly openStore?: () => Promise<LocalStore>
  /** Where files are kept, and how they travel; nowhere when left out. */
  readonly files?: FilePlace
  /** In place of HTTP and Socket.IO, or between them and the client. */
  readonly transport?: Transport
  /** Tabs with the same name share leader, channel and store. */
  readonly name?: string
  /** Of so many conversations a first page is brought to the device, so that they can be read offline. */
  readonly prefetch?: number
}

/** HTTP by the platform's `fetch`, live connections by Socket.IO. */
function networkTransport(options: Pick<ClientOptions, 'baseUrl' | 'credentials' | 'platform'>): Transport {
  const cookies = options.credentials === 'cookie'
  return {
    http: httpOver(options.platform.fetch, options.baseUrl, cookies),
    connect: socketOver(options.baseUrl, cookies),
  }
}

/** A client of one installation. Nothing happens before `start`. */
export function createParleyClient(options: ClientOptions): ManagedClient {
  const { platform, credentials, name = 'parley', prefetch = 10 } = options
  return new Client({
    platform,
    credentials,
    name,
    prefetch,
    openStore: options.openStore ?? (async () => memoryStore()),
    files: options.files ?? memoryPlace(),
    transport: options.transport ?? networkTransport(options),
  })
}
