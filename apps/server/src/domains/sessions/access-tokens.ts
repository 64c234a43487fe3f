/** What an access token says; it proves identity for ten minutes, rights are looked up each time (A2). */
export interface AccessClaims {
  readonly organisationId: string
  readonly memberId: string
  readonly sessionId: string
}

/** Signs and verifies access tokens (A1: JWT, ten minutes). */
export interface AccessTokens {
  sign(claims: AccessClaims, now: number): Promise<string>
  /** null for a token that is forged, expired or not one of ours. */
  verify(token: string, now: number): Promise<AccessClaims | null>
}
