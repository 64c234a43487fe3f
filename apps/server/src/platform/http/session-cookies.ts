import type { CookieSerializeOptions } from '@fastify/cookie'
import type { Tokens } from '@parley/contracts/sessions/session'
import type { FastifyReply, FastifyRequest } from 'fastify'

export const ACCESS_COOKIE = 'parley_access'
const REFRESH_COOKIE = 'parley_refresh'

/** How a session's secrets travel to browsers (A1). The functions need no `this`. */
export interface SessionCookies {
  readonly refreshCookie: string | undefined
  readonly setSession: (tokens: Tokens) => void
  readonly clearSession: () => void
}

/** As long as browsers keep a cookie; the server decides how long a session lives. */
const LONGEST = 400 * 24 * 3600

/**
 * The cookies of one exchange.
 * @param secure false only for plain HTTP on loopback
 */
export function sessionCookies(
  request: FastifyRequest,
  reply: FastifyReply,
  secure: boolean,
): SessionCookies {
  const attributes = { httpOnly: true, sameSite: 'strict', secure } as const
  const access: CookieSerializeOptions = { ...attributes, path: '/api' }
  const refresh: CookieSerializeOptions = { ...attributes, path: '/api/sessions' }
  return {
    refreshCookie: request.cookies[REFRESH_COOKIE],
    setSession({ accessToken, refreshToken }) {
      reply.setCookie(ACCESS_COOKIE, accessToken, { ...access, maxAge: LONGEST })
      reply.setCookie(REFRESH_COOKIE, refreshToken, { ...refresh, maxAge: LONGEST })
    },
    clearSession() {
      reply.clearCookie(ACCESS_COOKIE, access)
      reply.clearCookie(REFRESH_COOKIE, refresh)
      // pictures that the browser keeps for a year were seen by somebody who is out now
      reply.header('clear-site-data', '"cache"')
    },
  }
}
