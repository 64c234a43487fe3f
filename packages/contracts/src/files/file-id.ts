const BYTES = 16

/** A new id for a file: 128 random bits in base64url, 22 letters long, so that nobody guesses the address of a file (A8). Made by the client (Y6). */
export function newFileId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}
