import { jwtVerify, SignJWT } from 'jose'
import type { AccessTokens } from '../../domains/sessions/access-tokens.ts'

const ISSUER = 'parley'
const ALGORITHM = 'HS256'

/**
 * JWTs under one secret (A1).
 * @param secret at least 32 random bytes
 * @param lifetime how long a token is valid, in ms
 */
export function createJoseAccessTokens(secret: Uint8Array, lifetime: number): AccessTokens {
  return {
    sign: ({ organisationId, memberId, sessionId }, now) =>
      new SignJWT({ org: organisationId, sid: sessionId })
        .setProtectedHeader({ alg: ALGORITHM })
        .setIssuer(ISSUER)
        .setSubject(memberId)
        .setIssuedAt(Math.floor(now / 1000))
        .setExpirationTime(Math.floor((now + lifetime) / 1000))
        .sign(secret),
    async verify(token, now) {
      try {
        const { payload } = await jwtVerify(token, secret, {
          issuer: ISSUER,
          algorithms: [ALGORITHM],
          currentDate: new Date(now),
        })
        const { sub, org, sid } = payload
        if (typeof sub !== 'string' || typeof org !== 'string' || typeof sid !== 'string') return null
        return { organisationId: org, memberId: sub, sessionId: sid }
      } catch {
        return null // forged, expired or not a token
      }
    },
  }
}
