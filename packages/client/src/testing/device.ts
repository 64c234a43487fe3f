import type { CredentialTransport } from '@parley/contracts/sessions/session'
import { createParleyClient } from '../create-parley-client.ts'
import type { ManagedClient } from '../client.ts'
import type { FilePlace } from '../files/file-ports.ts'
import { memoryPlace } from '../files/memory-place.ts'
import type { LocalStore } from '../local-store/local-store.ts'
import { memoryStore } from '../local-store/memory-store.ts'
import type { TabPorts } from '../platform/platform.ts'
import type { FakeServer } from './fake-server.ts'
import { FakeTransport, signedIn } from './fake-transport.ts'
import type { TestClock } from './test-clock.ts'
import { type TestPlatform, testPlatform } from './test-platform.ts'

export interface Device {
  readonly client: ManagedClient
  readonly transport: FakeTransport
  readonly platform: TestPlatform
  readonly store: LocalStore
}

export interface DeviceOptions {
  readonly store?: LocalStore
  readonly openStore?: () => Promise<LocalStore>
  readonly tabs?: TabPorts
  readonly prefetch?: number
  readonly files?: FilePlace
  readonly credentials?: CredentialTransport
}

/** A device of a member, not started. */
export function device(
  server: FakeServer,
  clock: TestClock,
  memberId: string,
  options: DeviceOptions = {},
): Device {
  const store = options.store ?? memoryStore(options.tabs !== undefined)
  const transport = new FakeTransport(server, memberId)
  const platform = testPlatform(clock, options.tabs ?? null)
  const client = createParleyClient({
    baseUrl: '',
    credentials: options.credentials ?? 'token',
    platform,
    transport,
    openStore: options.openStore ?? (async () => store),
    prefetch: options.prefetch ?? 0,
    files: options.files ?? memoryPlace(),
  })
  return { client, transport, platform, store }
}

/** A device of a member who is signed in and live. */
export async function liveDevice(
  server: FakeServer,
  clock: TestClock,
  memberId: string,
  options: DeviceOptions = {},
): Promise<Device> {
  const made = device(server, clock, memberId, options)
  await made.client.start()
  await made.client.adoptSession(signedIn(server, memberId))
  await clock.pass(10)
  return made
}
