import type { Storage, StorageTx } from './adapters/storage/contract/storage.ts'
import type { PushSender } from './domains/notifications/push-sender.ts'
import { createDeviceTelling, type DeviceTelling } from './domains/notifications/tell-devices.ts'
import type { Clock } from './kernel/clock.ts'
import { orgScope } from './kernel/org-scope.ts'
import type { RunUseCase } from './kernel/transactions.ts'
import type { Log } from './platform/log/log.ts'
import type { Realtime } from './platform/realtime/realtime.ts'

interface Deps {
  readonly storage: Storage
  readonly sender: PushSender
  readonly run: RunUseCase<StorageTx>
  readonly realtime: Realtime
  readonly clock: Clock
  readonly log: Log
  readonly isAtDevice: (memberId: string) => boolean
}

/** What finds, sends and takes back what people's devices are told. */
export function openDeviceTelling({
  storage,
  sender,
  run,
  realtime,
  clock,
  log,
  isAtDevice,
}: Deps): DeviceTelling {
  return createDeviceTelling({
    run,
    read: storage.read,
    sender,
    clock,
    isAtDevice,
    isConnected: ({ id, memberId }) =>
      realtime.connectionsOf(memberId).some(({ sessionId }) => sessionId === id),
    onFailure: (error) => log.warn({ error }, 'devices could not be told just now; it is tried again'),
  })
}

const PAGE = 500

/** Goes on with whatever was to be told when the process before this one ended. */
export async function resumeTelling(telling: DeviceTelling, { organisations }: Storage): Promise<void> {
  for (let after: string | null = null; ;) {
    const ids: readonly string[] = await organisations.idsAfter(after, PAGE)
    for (const id of ids) telling.resume(orgScope(id))
    after = ids.at(-1) ?? null
    if (ids.length < PAGE) return
  }
}
