import type { DefaultEventsMap, Server, Socket } from 'socket.io'
import type { OrgScope } from '../../kernel/org-scope.ts'

/** One live connection of a signed-in member. */
export interface Connection {
  readonly id: string
  readonly scope: OrgScope
  readonly memberId: string
  readonly sessionId: string
}

interface SocketData {
  /** Set at the handshake; nothing is answered without. */
  connection: Connection
}

export type ParleyServer = Server<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, SocketData>
export type ParleySocket = Socket<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, SocketData>
