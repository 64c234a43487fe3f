import type { ChatPatch, ChatSettings } from '@parley/contracts/chat-preferences/chat-preference'
import { noteMessage } from './fake-own-messages.ts'
import { events, signals } from '@parley/contracts/events'
import type { ErrorCode } from '@parley/contracts/kernel/error-codes'
import type { EventPayload } from '@parley/contracts/kernel/event'
import { routes } from '@parley/contracts/routes'
import {
  type Connection,
  type ConnectionHandlers,
  type HttpAnswer,
  type HttpRequest,
  type Transport,
  Unreachable,
} from '../transport/transport.ts'
import type { Change } from '@parley/contracts/sync/change'
import { deleteMessage, isReadable, reactTo, editMessage, pinMessage } from './fake-messages.ts'
import { type FakeServer, testId } from './fake-server.ts'
import { uploadsOf } from './fake-uploads.ts'
import { turns } from './test-clock.ts'

interface Refusal {
  readonly code: ErrorCode
  readonly retryAfter?: number
}

/** The server lets acknowledgements of a commit go before the changes of it. */
const SIGNAL_LAG = 8

const refused = ({ code, retryAfter }: Refusal) => ({
  error: { code, message: `refused: ${code}`, ...(retryAfter === undefined ? {} : { retryAfter }) },
})

/** One member's way to the fake server, with everything that can go wrong on it. */
export class FakeTransport implements Transport {
  online = true
  /** What becomes of a batch of live changes: lost, doubled, changed. */
  frames: (changes: readonly Change[]) => readonly (readonly Change[])[] = (changes) => [changes]
  /** Refuses a call or an event by its name. */
  refuse: (name: string, payload: unknown) => Refusal | null = () => null
  /** Answers of these names are lost on the way back, after the server has done its work. */
  loseAnswers = new Set<string>()
  /** While it returns a promise, the answer waits for it. */
  hold: (name: string) => Promise<void> | null = () => null
  /** Names of calls and events, in the order in which they reached the server. */
  readonly log: string[] = []
  readonly payloads: { readonly name: string; readonly payload: unknown }[] = []
  #drop: () => void = () => {}
  readonly #server: FakeServer
  readonly #memberId: string

  constructor(server: FakeServer, memberId: string) {
    this.#server = server
    this.#memberId = memberId
  }

  /** The network fails: the connection is gone and nothing gets through until `online` is set again. */
  goOffline(): void {
    this.online = false
    this.#drop()
  }

  /** The connection breaks; a new one may be made at once. */
  dropConnection(): void {
    this.#drop()
  }

  async http({ method, path, body }: HttpRequest): Promise<HttpAnswer> {
    await this.#travel()
    const url = new Map(
      (path.split('?')[1] ?? '').split('&').map((pair) => pair.split('=') as [string, string]),
    )
    const [name, params] = routeOf(method, path.split('?')[0] ?? '')
    const refusal = this.#note(name, typeof body === 'string' ? JSON.parse(body) : undefined)
    const answer = refusal ?? this.#answer(name, params, url, body)
    await this.#travelBack(name)
    return answer
  }

  connect(_: unknown, handlers: ConnectionHandlers): Connection {
    let open = true
    const listener = {
      memberId: this.#memberId,
      push: (changes: readonly Change[]) => {
        for (const frame of this.frames(changes)) listener.signal(signals.changes.name, frame)
      },
      signal: (name: string, payload: unknown) =>
        void turns(SIGNAL_LAG).then(() => open && handlers.signal(name, payload)),
    }
    const close = (tell: () => void) => {
      if (!open) return
      open = false
      this.#server.listeners.delete(listener)
      tell()
    }
    void this.#travel().then(
      () => {
        const refusal = this.#note('connect', null)
        if (refusal) close(() => handlers.refused((refusal.body as ReturnType<typeof refused>).error))
        else if (open) handlers.opened()
      },
      () => close(() => handlers.refused(null)),
    )
    this.#drop = () => close(() => handlers.closed())
    return {
      request: async (event, payload) => {
        await this.#travel()
        if (!open) throw new Unreachable('closed')
        const ack = this.#event(event, payload, listener)
        await this.#travelBack(event)
        return ack
      },
      emit: (event, payload) => {
        if (open) this.#note(event, payload)
      },
      close: () => close(() => {}),
    }
  }

  async #travel(): Promise<void> {
    await Promise.resolve()
    if (!this.online) throw new Unreachable('offline')
  }

  async #travelBack(name: string): Promise<void> {
    await (this.hold(name) ?? Promise.resolve())
    if (!this.online || this.loseAnswers.has(name)) throw new Unreachable('answer lost')
  }

  #note(name: string, payload: unknown): HttpAnswer | null {
    this.log.push(name)
    this.payloads.push({ name, payload })
    const refusal = this.refuse(name, payload)
    return refusal && { status: 400, body: refused(refusal) }
  }

  #event(name: string, payload: unknown, listener: Parameters<FakeServer['listeners']['add']>[0]): unknown {
    const refusal = this.#note(name, payload)
    if (refusal) return refusal.body
    const server = this.#server
    switch (name) {
      case events.subscribe.name:
        server.listeners.add(listener)
        return { serverTime: server.now }
      case events.sendMessage.name: {
        const { id, conversationId, text, files, replyTo } = payload as EventPayload<
          typeof events.sendMessage
        >
        if (replyTo !== undefined && !isReadable(server, replyTo)) return refused({ code: 'not_found' })
        if (files?.some((fileId) => !uploadsOf(server).all.get(fileId)?.finished))
          return refused({ code: 'not_found' })
        const change = server.send(this.#memberId, conversationId, id, text, listener)
        return change ? { change } : refused({ code: 'not_found' })
      }
      case events.raiseMarks.name: {
        const { marks } = payload as { marks: { conversationId: string; delivered: number; seen: number }[] }
        const missing = marks.some(
          ({ conversationId, delivered, seen }) =>
            !server.raiseMark(this.#memberId, conversationId, delivered, seen),
        )
        return missing ? refused({ code: 'not_found' }) : {}
      }
      case events.watchPresence.name: {
        const { memberIds } = payload as { memberIds: string[] }
        return { members: memberIds.map((memberId) => ({ memberId, online: true, lastSeenAt: null })) }
      }
      default:
        return {}
    }
  }

  #answer(
    name: string,
    params: Readonly<Record<string, string>>,
    query: ReadonlyMap<string, string>,
    body: HttpRequest['body'],
  ): HttpAnswer {
    const server = this.#server
    const me = this.#memberId
    const number = (key: string, fallback: number) => Number(query.get(key) ?? fallback)
    const orNotFound = (answer: object | null): HttpAnswer =>
      answer ? { status: 200, body: answer } : { status: 404, body: refused({ code: 'not_found' }) }
    switch (name) {
      case 'load':
        return { status: 200, body: server.load(me) }
      case 'catchUp':
        return { status: 200, body: server.catchUp(me, number('since', 0), number('limit', 500)) }
      case 'loadAudience':
        return orNotFound(server.loadAudience(me, decodeURIComponent(query.get('audience') ?? '')))
      case 'listMessages':
        return orNotFound(
          server.page(me, params['conversationId'] ?? '', {
            before: number('before', Infinity),
            from: number('from', 0),
            limit: number('limit', 50),
          }),
        )
      case 'deleteMessage': {
        const change = deleteMessage(server, me, params['messageId'] ?? '')
        return orNotFound(change && { change })
      }
      case 'starMessage': {
        const given = { ...(JSON.parse(body as string) as { starred: boolean }), hidden: false }
        const change = noteMessage(server, me, params['messageId'] ?? '', given)
        return orNotFound(change && { change })
      }
      case 'hideMessage': {
        const change = noteMessage(server, me, params['messageId'] ?? '', { starred: false, hidden: true })
        return orNotFound(change && { change })
      }
      case 'pinMessage': {
        const { pinned } = JSON.parse(body as string) as { pinned: boolean }
        const changes = pinMessage(server, me, params['messageId'] ?? '', pinned)
        return orNotFound(changes && { changes })
      }
      case 'reactToMessage': {
        const { emojis } = JSON.parse(body as string) as { emojis: string[] }
        const change = reactTo(server, me, params['messageId'] ?? '', emojis)
        return orNotFound(change && { change })
      }
      case 'editMessage': {
        const { text } = JSON.parse(body as string) as { text: string }
        const change = editMessage(server, me, params['messageId'] ?? '', text)
        return orNotFound(change && { change })
      }
      case 'changeChatPreference': {
        const patch = JSON.parse(body as string) as ChatPatch
        const change = server.preferences.change(me, params['conversationId'] ?? '', patch)
        return orNotFound(change && { change })
      }
      case 'changeChatSettings':
        return orNotFound({
          change: server.preferences.changeSettings(me, JSON.parse(body as string) as ChatSettings),
        })
      case 'startDirectConversation': {
        const { memberId } = JSON.parse(body as string) as { memberId: string }
        const id = server.addConversation([me, memberId])
        return { status: 200, body: server.discussions.get(id)?.conversation }
      }
      case 'createFile':
        return { status: 200, body: uploadsOf(server).create(JSON.parse(body as string) as never) }
      case 'finishFile':
        return orNotFound(uploadsOf(server).finish(params['fileId'] ?? ''))
      case 'refreshSession':
        return { status: 200, body: signedIn(server, me) }
      default:
        return { status: 204, body: undefined }
    }
  }
}

/** What the server answers to a sign-in of this member. */
export const signedIn = (server: FakeServer, memberId: string) => ({
  organisationId: server.organisationId,
  memberId,
  sessionId: testId(7),
  passwordIsTemporary: false,
})

function routeOf(method: string, path: string): [name: string, params: Readonly<Record<string, string>>] {
  for (const [name, route] of Object.entries(routes)) {
    const pattern = new RegExp(`^${route.path.replace(/:([A-Za-z]+)/g, '(?<$1>[^/]+)')}$`)
    const found = route.method === method ? pattern.exec(path) : null
    if (found) return [name, found.groups ?? {}]
  }
  throw new Error(`no route ${method} ${path}`)
}
