import { routeAddresses } from '@parley/contracts/addresses'
import type { SignedInResult } from '@parley/contracts/sessions/session'
import type { StoredSession } from '../local-store/local-store.ts'
import type { Timers } from '../platform/platform.ts'
import type { Replica } from '../replica/replica.ts'
import { callRoute, failedWith } from '../transport/route-call.ts'
import type { Transport } from '../transport/transport.ts'

const AGAIN_AFTER = 30_000

interface Given {
  readonly replica: Replica
  readonly transport: Transport
  readonly timers: Timers
  /** Runs alone among the tabs, because it exchanges tokens. */
  readonly locked: (run: () => Promise<void>) => Promise<void>
}

/**
 * A sign-out that could not reach the server. The device has forgotten everything at once; the session, whose cookies scripts
 * cannot remove, is ended as soon as the server answers.
 */
export class OwedSignOut {
  readonly #given: Given
  #paying: Promise<void> | null = null
  #stopped = false

  constructor(given: Given) {
    this.#given = given
  }

  /** Tells the server, if something is owed; never rejects. What cannot be told now is told later. */
  pay(): Promise<void> {
    if (this.#given.replica.state.meta.owedSignOut === null) return Promise.resolve()
    this.#paying ??= this.#given
      .locked(() => this.#payNow())
      .finally(() => {
        this.#paying = null
      })
    return this.#paying
  }

  stop(): void {
    this.#stopped = true
  }

  async #payNow(): Promise<void> {
    const { replica, timers } = this.#given
    const kept = await replica.readMeta()
    const owed = kept ? kept.owedSignOut : replica.state.meta.owedSignOut
    if (owed === null) {
      // another tab has paid, or somebody has signed in there
      replica.show([{ op: 'put-meta', name: 'owedSignOut', value: null }])
      return
    }
    const told = await this.#tell(owed.tokens)
    if (told) await replica.setMeta('owedSignOut', null)
    else if (!this.#stopped) timers.set(() => void this.pay(), AGAIN_AFTER)
  }

  /** @returns whether the session is over; the access token has usually expired, so it is exchanged first */
  async #tell(tokens: StoredSession['tokens']): Promise<boolean> {
    const { replica, transport } = this.#given
    try {
      const body = tokens ? { refreshToken: tokens.refreshToken } : {}
      const renewed = (await callRoute(
        transport,
        routeAddresses.refreshSession,
        { body },
        null,
      )) as SignedInResult
      const next = renewed.tokens ?? null
      if (next) await replica.setMeta('owedSignOut', { tokens: next })
      await callRoute(transport, routeAddresses.signOut, {}, next?.accessToken ?? null)
      return true
    } catch (error) {
      return failedWith(error, 'not_signed_in') || failedWith(error, 'member_deactivated')
    }
  }
}
