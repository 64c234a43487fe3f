import { createECDH } from 'node:crypto'

/** The key pair by which push services know this installation (RFC 8292), base64url. */
export interface VapidKeys {
  readonly publicKey: string
  readonly privateKey: string
}

/** As they are kept: both in one line. */
const TEXT = /^(B[A-Za-z0-9_-]{86})\.([A-Za-z0-9_-]{43})$/

/** A new pair, as text. */
export function makeVapidKeys(): string {
  const curve = createECDH('prime256v1')
  const publicKey = curve.generateKeys()
  // a private key that begins with zeros comes out shorter
  const privateKey = Buffer.concat([Buffer.alloc(32), curve.getPrivateKey()]).subarray(-32)
  return `${publicKey.toString('base64url')}.${privateKey.toString('base64url')}`
}

/** The keys in a text; null when they are not there, or do not belong together. */
export function readVapidKeys(text: string): VapidKeys | null {
  const [, publicKey, privateKey] = TEXT.exec(text.trim()) ?? []
  if (publicKey === undefined || privateKey === undefined) return null
  try {
    const curve = createECDH('prime256v1')
    curve.setPrivateKey(privateKey, 'base64url')
    return curve.getPublicKey().toString('base64url') === publicKey ? { publicKey, privateKey } : null
  } catch {
    return null // not a key of this curve
  }
}
