const BYTES = 16

/** What browsers and Node have in common, named here because the contracts know neither's types. */
const host = globalThis as unknown as {
  readonly crypto: { getRandomValues(bytes: Uint8Array): Uint8Array }
  btoa(text: string): string
}

/** A new id for a file: 128 random bits in base64url, 22 letters long, so that nobody guesses the address of a file (A8). Made by the client (Y6). */
export function newFileId(): string {
  const bytes = host.crypto.getRandomValues(new Uint8Array(BYTES))
  return host
    .btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}
