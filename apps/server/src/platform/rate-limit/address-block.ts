import ipaddr from 'ipaddr.js'

/** An IPv6 customer is given at least this many bits to choose addresses from (RFC 6177), so only what stands before them counts. */
const CUSTOMER_PARTS = 4

/** What a limit per address counts by: an IPv4 address, or the /64 network of an IPv6 one. */
export function addressBlock(address: string): string {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  if (parsed instanceof ipaddr.IPv4) return parsed.toString()
  return `${parsed.parts
    .slice(0, CUSTOMER_PARTS)
    .map((part) => part.toString(16))
    .join(':')}::/64`
}
