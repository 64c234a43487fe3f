/**
 * Whether an Origin header names this installation: the host that was asked, or the declared public address. Schemes are left
 * alone, because a proxy in front ends TLS.
 */
export function isOwnOrigin(origin: string, host: string, publicUrl: URL | null): boolean {
  if (!URL.canParse(origin)) return false
  const named = new URL(origin)
  if (named.origin === publicUrl?.origin) return true
  // URL drops the default port, a Host header may carry it
  const asked = `${named.protocol}//${host}`
  return host !== '' && URL.canParse(asked) && new URL(asked).host === named.host
}
