import { domainToASCII } from 'node:url'

/**
 * What makes two e-mail addresses the same: lower case, compatibility forms folded (NFKC), the domain in ASCII (IDNA), so that
 * neither case nor a Unicode spelling of the domain makes a second account.
 */
export function emailKey(email: string): string {
  const folded = email.normalize('NFKC').toLowerCase()
  const at = folded.lastIndexOf('@')
  const domain = folded.slice(at + 1)
  return `${folded.slice(0, at)}@${domainToASCII(domain) || domain}`
}
