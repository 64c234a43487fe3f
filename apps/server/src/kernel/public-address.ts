import ipaddr from 'ipaddr.js'

/**
 * Whether an IP address is one of the public internet: not this machine, not a private network, not a range with a meaning of its
 * own. An IPv6 address that stands for an IPv4 one is judged as that. What is no address is not public.
 */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '')
  return ipaddr.isValid(bare) && ipaddr.process(bare).range() === 'unicast'
}
