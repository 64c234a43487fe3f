const SEQ_BITS = 2 ** 36

/** A place in an organisation's feed as one integer, below 2^53: 131,072 organisations with 68 billion changes each. */
export const packSeq = (org: number, seq: number): number => org * SEQ_BITS + seq

export const unpackSeq = (packed: number): number => packed % SEQ_BITS

/** The last key that an organisation can have. */
export const lastKey = (org: number): number => packSeq(org, SEQ_BITS - 1)

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** The 16 bytes of a UUID; undefined for anything that is none in lower case. */
export function uuidBytes(id: string): Uint8Array | undefined {
  if (!UUID.test(id)) return undefined
  return Buffer.from(
    id.slice(0, 8) + id.slice(9, 13) + id.slice(14, 18) + id.slice(19, 23) + id.slice(24),
    'hex',
  )
}

/** The UUID that 16 bytes stand for. */
export function uuidText(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
