import { routeAddresses, type RouteAddress } from '@parley/contracts/addresses'
import type { RouteInput, RouteResponse } from '@parley/contracts/kernel/route'
import type { RouteName, Routes } from '@parley/contracts/routes'
import type { CredentialTransport, SignedInResult } from '@parley/contracts/sessions/session'
import type { SessionState, SignedOutReason } from '../client-api.ts'
import type { StoreBatch, StoredSession, StoreOp } from '../local-store/local-store.ts'
import type { Platform, TimerHandle } from '../platform/platform.ts'
import type { Replica } from '../replica/replica.ts'
import { memo } from '../topics/topics.ts'
import { callRoute, failedAs, failedWith, headersOf, type CallInput } from '../transport/route-call.ts'
import type { Transport } from '../transport/transport.ts'
import { OwedSignOut } from './owed-sign-out.ts'

/** Access tokens live for ten minutes (A1); exchanged a little before, by the device's own clock, which may be wrong. */
const ACCESS_LIFETIME = 9 * 60_000
const REFRESH_LOCK = 'parley-refresh'
const REFRESH_AGAIN_AFTER = 30_000

/** After these the device forgets what was written too; after others the same member may come back for it. */
const wipesOutbox: ReadonlySet<SignedOutReason> = new Set(['signed-out', 'deactivated', 'deleted'])

/** Who is signed in here, and every call in their name. */
export class SessionKeeper {
  /** The session ended here, for whatever reason. */
  whenEnded: (reason: SignedOutReason) => void = () => {}
  /** Somebody else signs in: what the member before left besides this store goes now. */
  whenTakenOver: () => Promise<void> = async () => {}
  whenTooOld: () => void = () => {}
  readonly state: () => SessionState
  readonly #replica: Replica
  readonly #transport: Transport
  readonly #platform: Platform
  readonly #credentials: CredentialTransport
  readonly #owed: OwedSignOut
  #opened = false
  #refreshing: Promise<void> | null = null
  #timer: TimerHandle = null
  #keepingFresh = false

  constructor(replica: Replica, transport: Transport, platform: Platform, credentials: CredentialTransport) {
    this.#replica = replica
    this.#transport = transport
    this.#platform = platform
    this.#credentials = credentials
    const { timers } = platform
    this.#owed = new OwedSignOut({ replica, transport, timers, locked: (run) => this.#locked(run) })
    this.state = memo(replica.topics, ['session'], () => this.#computeState())
  }

  /** The store has been read. A device without a memory of its own may still have cookies that say who it is. */
  async open(): Promise<void> {
    const { session, signedOut } = this.#replica.state.meta
    if (this.#credentials === 'cookie' && !session && !signedOut) await this.#findCookies()
    this.#opened = true
    this.#replica.topics.touch('session')
    void this.#owed.pay()
  }

  /** The network may be back: a sign-out that the server does not know of yet is told. */
  payOwed(): void {
    if (this.#opened) void this.#owed.pay()
  }

  close(): void {
    this.keepFresh(false)
    this.#owed.stop()
  }

  current(): StoredSession | null {
    return this.#replica.state.meta.session
  }

  /** The access token to connect with, exchanged first where it is due; null with cookies. @throws CallFailed */
  async connectToken(): Promise<string | null> {
    await this.#refreshIfDue()
    return this.#token()
  }

  /** Calls a route. @throws CallFailed */
  async call<N extends RouteName>(name: N, input: RouteInput<Routes[N]>): Promise<RouteResponse<Routes[N]>> {
    const given = input as CallInput
    const body = this.#withTransport(name, given.body)
    const answer = await this.#authorised(
      routeAddresses[name],
      body === undefined ? given : { ...given, body },
    )
    if (name === 'changeOwnPassword') await this.#patch({ passwordIsTemporary: false })
    return answer as RouteResponse<Routes[N]>
  }

  /** Sends bytes. @throws CallFailed */
  async upload<N extends RouteName>(
    name: N,
    bytes: Uint8Array,
    type: string,
    params: Readonly<Record<string, string>> = {},
  ): Promise<RouteResponse<Routes[N]>> {
    return (await this.#authorised(routeAddresses[name], {
      params,
      upload: { bytes, type },
    })) as RouteResponse<Routes[N]>
  }

  /**
   * Runs what speaks to the server by itself, with the headers that say in whose name.
   * @throws what it throws, which is CallFailed where the server refuses
   */
  inTheirName<T>(call: (headers: Readonly<Record<string, string>>) => Promise<T>): Promise<T> {
    return this.#inTheirName((token) => call(headersOf(token)))
  }

  /** Takes up a session that a route has just opened. Another member's leftovers are wiped first. */
  async adopt(result: SignedInResult): Promise<void> {
    const { organisationId, memberId, sessionId, passwordIsTemporary } = result
    const { owner, session } = this.#replica.state.meta
    if ((owner ?? session?.memberId ?? memberId) !== memberId) {
      await this.#replica.wipe([])
      await this.whenTakenOver()
    }
    const refreshAt = this.#platform.timers.now() + ACCESS_LIFETIME
    const tokens = result.tokens ?? null
    await this.#replica.commit([
      { op: 'put-meta', name: 'signedOut', value: null },
      // their cookies are gone now, and nobody else holds them
      ...(tokens ? [] : [{ op: 'put-meta', name: 'owedSignOut', value: null } as const]),
      { op: 'put-meta', name: 'owner', value: memberId },
      {
        op: 'put-meta',
        name: 'session',
        value: {
          organisationId,
          memberId,
          sessionId,
          passwordIsTemporary,
          refreshAt,
          tokens: tokens && pair(tokens),
        },
      },
    ])
    this.keepFresh(this.#keepingFresh)
  }

  /** Ends the session on this device. After some reasons the same member finds their outbox and drafts again. */
  async end(reason: SignedOutReason): Promise<void> {
    if (this.current()) await this.#forget(reason, [])
  }

  /** Tells the server, as well as it can be reached, and wipes the device. */
  async signOut(everywhere: boolean): Promise<void> {
    const told = await this.call(everywhere ? 'signOutEverywhere' : 'signOut', {}).then(
      () => true,
      (error: unknown) => {
        // Ending it everywhere is a promise about other devices; it must not fail in silence.
        if (everywhere && this.current()) throw error
        return false
      },
    )
    const session = this.current()
    const owed = session && !told ? { tokens: session.tokens } : null
    await this.#forget('signed-out', [{ op: 'put-meta', name: 'owedSignOut', value: owed }])
  }

  /** A new password has to be chosen before anything else. */
  async requirePasswordChange(): Promise<void> {
    await this.#patch({ passwordIsTemporary: true })
  }

  /** Exchanges tokens ahead of time for as long as this tab leads. */
  keepFresh(on: boolean): void {
    const { timers } = this.#platform
    this.#keepingFresh = on
    timers.clear(this.#timer)
    const session = this.current()
    if (!on || !session) return
    const due = Math.min(ACCESS_LIFETIME, Math.max(1_000, session.refreshAt - timers.now()))
    this.#schedule(due)
  }

  /** The server did not know the access token any more: exchange it. @throws CallFailed */
  refresh(stale: StoredSession | null): Promise<void> {
    this.#refreshing ??= this.#refreshLocked(stale).finally(() => {
      this.#refreshing = null
    })
    return this.#refreshing
  }

  async #forget(reason: SignedOutReason, keep: StoreBatch): Promise<void> {
    this.#platform.timers.clear(this.#timer)
    await this.#replica.wipe([...this.#leftovers(reason), ...keep])
    this.whenEnded(reason)
    void this.#owed.pay()
  }

  #schedule(due: number): void {
    this.#timer = this.#platform.timers.set(() => {
      // Another tab may have signed out meanwhile.
      if (!this.current()) return
      this.refresh(this.current()).then(
        () => this.keepFresh(this.#keepingFresh),
        () => {
          if (this.#keepingFresh && this.current()) this.#schedule(REFRESH_AGAIN_AFTER)
        },
      )
    }, due)
  }

  async #refreshLocked(stale: StoredSession | null): Promise<void> {
    await this.#locked(async () => {
      const kept = (await this.#replica.readMeta())?.session
      const done = stale && kept && kept.sessionId === stale.sessionId && kept.refreshAt !== stale.refreshAt
      if (done) this.#takeOver(kept)
      else await this.#exchange()
    })
  }

  /**
   * Two tabs that exchange the same token would end the session: the second would look like a thief (A1). Tabs share their
   * cookies also where they share no store.
   */
  async #locked(run: () => Promise<void>): Promise<void> {
    const locks = this.#platform.tabs?.locks
    if (locks) await locks.request(REFRESH_LOCK, run)
    else await run()
  }

  /** Another tab has signed in or exchanged tokens already. */
  #takeOver(session: StoredSession): void {
    this.#replica.show([{ op: 'put-meta', name: 'session', value: session }])
  }

  async #exchange(): Promise<void> {
    const session = this.current()
    const refreshToken = session?.tokens?.refreshToken
    const body = refreshToken === undefined ? {} : { refreshToken }
    try {
      const result = (await callRoute(
        this.#transport,
        routeAddresses.refreshSession,
        { body },
        null,
      )) as SignedInResult
      await this.#patch({
        refreshAt: this.#platform.timers.now() + ACCESS_LIFETIME,
        passwordIsTemporary: result.passwordIsTemporary,
        tokens: result.tokens ? pair(result.tokens) : null,
      })
    } catch (error) {
      if (failedWith(error, 'member_deactivated')) await this.end('deactivated')
      else if (failedWith(error, 'not_signed_in')) await this.end('expired')
      throw error
    }
  }

  async #authorised(route: RouteAddress, input: CallInput): Promise<unknown> {
    if (route.signedIn) return this.#inTheirName((token) => callRoute(this.#transport, route, input, token))
    try {
      await this.#owed.pay()
      return await callRoute(this.#transport, route, input, null)
    } catch (error) {
      await this.#learnFrom(error, false)
      throw error
    }
  }

  /** What is answered after the session has ended is nobody's: it must not come back to a device that was wiped (Y9). */
  async #inTheirName<T>(call: (token: string | null) => Promise<T>): Promise<T> {
    const session = this.current()?.sessionId
    const answer = await this.#withTokens(call)
    if (this.current()?.sessionId !== session) throw failedAs('not_signed_in')
    return answer
  }

  /** Tokens are exchanged first where they are due, and once more where the server does not take them. */
  async #withTokens<T>(call: (token: string | null) => Promise<T>): Promise<T> {
    try {
      await this.#refreshIfDue()
      const used = this.current()
      try {
        return await call(this.#token())
      } catch (error) {
        if (!failedWith(error, 'not_signed_in') || !used) throw error
        await this.refresh(used)
        return await call(this.#token())
      }
    } catch (error) {
      await this.#learnFrom(error, true)
      throw error
    }
  }

  async #learnFrom(error: unknown, inTheirName: boolean): Promise<void> {
    if (failedWith(error, 'client_too_old')) this.whenTooOld()
    if (!inTheirName) return
    if (failedWith(error, 'member_deactivated')) await this.end('deactivated')
    if (failedWith(error, 'password_change_required')) await this.requirePasswordChange()
  }

  async #refreshIfDue(): Promise<void> {
    const session = this.current()
    if (session && this.#platform.timers.now() >= session.refreshAt) await this.refresh(session)
  }

  async #findCookies(): Promise<void> {
    await this.#locked(async () => {
      const kept = await this.#replica.readMeta()
      if (kept?.session) {
        this.#takeOver(kept.session)
        return
      }
      const answer = await callRoute(
        this.#transport,
        routeAddresses.refreshSession,
        { body: {} },
        null,
      ).catch(() => null)
      if (answer) await this.adopt(answer as SignedInResult)
    })
  }

  async #patch(changed: Partial<StoredSession>): Promise<void> {
    const session = this.current()
    if (session) await this.#replica.setMeta('session', { ...session, ...changed })
  }

  #token(): string | null {
    return this.current()?.tokens?.accessToken ?? null
  }

  /** Routes that sign in ask how the credentials travel, which is for this client to say. */
  #withTransport(name: RouteName, body: unknown): unknown {
    const signsIn = name === 'signUp' || name === 'signIn' || name === 'acceptInvite'
    return signsIn && typeof body === 'object' ? { ...body, transport: this.#credentials } : undefined
  }

  #leftovers(reason: SignedOutReason): StoreBatch {
    const { outbox, calls, drafts, meta } = this.#replica.state
    const ops: StoreOp[] = [
      { op: 'put-meta', name: 'session', value: null },
      { op: 'put-meta', name: 'signedOut', value: reason },
    ]
    if (wipesOutbox.has(reason)) return [...ops, { op: 'put-meta', name: 'owner', value: null }]
    ops.push({ op: 'put-meta', name: 'owner', value: meta.owner })
    for (const entries of outbox.values()) for (const entry of entries) ops.push({ op: 'put-outbox', entry })
    for (const queued of calls.values()) for (const call of queued) ops.push({ op: 'put-call', call })
    for (const [conversationId, text] of drafts) ops.push({ op: 'put-draft', conversationId, text })
    return ops
  }

  #computeState(): SessionState {
    const session = this.current()
    if (!this.#opened) return { state: 'unknown' }
    if (!session) return { state: 'signed-out', reason: this.#replica.state.meta.signedOut }
    const { organisationId, memberId, passwordIsTemporary } = session
    return { state: 'signed-in', organisationId, memberId, passwordIsTemporary }
  }
}

const pair = ({ accessToken, refreshToken }: { accessToken: string; refreshToken: string }) => ({
  accessToken,
  refreshToken,
})
