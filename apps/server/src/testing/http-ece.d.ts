declare module 'http_ece' {
  import type { ECDH } from 'node:crypto'
  const ece: {
    /** Decrypts a body of `Content-Encoding: aes128gcm`. @throws when the keys do not fit */
    decrypt(
      body: Uint8Array,
      given: { readonly version: string; readonly privateKey: ECDH; readonly authSecret: string },
    ): Buffer
  }
  export default ece
}
