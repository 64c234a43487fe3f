import { createPresence, type Presence } from './domains/presence/presence.socket.ts'
import type { DeviceTelling } from './domains/notifications/tell-devices.ts'
import type { Log } from './platform/log/log.ts'
import type { Realtime } from './platform/realtime/realtime.ts'

interface PresenceParts extends Omit<Parameters<typeof createPresence>[0], 'onLeft' | 'onFailure'> {
  readonly realtime: Pick<Realtime, 'toConnections' | 'onConnect' | 'onDisconnect'>
  readonly telling: DeviceTelling | null
  readonly log: Log
}

/** Presence hears of connections, and what waited for somebody to leave hears of that. */
export function openPresence({ telling, log, ...parts }: PresenceParts): Presence {
  const presence = createPresence({
    ...parts,
    onLeft: (scope, memberId) => telling?.deliveries.left(scope, memberId),
    onFailure: (error) => log.warn({ error }, 'who is here could not be told'),
  })
  parts.realtime.onConnect(presence.onConnect)
  parts.realtime.onDisconnect(presence.onDisconnect)
  return presence
}
