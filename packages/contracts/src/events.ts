import { raiseMarks, signalTyping, typing } from './conversations/events.ts'
import { sendMessage } from './messages/events.ts'
import { presence, setActive, watchPresence } from './presence/events.ts'
import { changes, serverStopping, sessionEnded, subscribe } from './sync/events.ts'

/** Every event a client may send, by name. The server answers exactly these; generated tests walk them. */
export const events = { subscribe, sendMessage, raiseMarks, signalTyping, watchPresence, setActive } as const
export type Events = typeof events

/** Every signal a server may send, by name. */
export const signals = { changes, typing, presence, sessionEnded, serverStopping } as const
export type Signals = typeof signals
