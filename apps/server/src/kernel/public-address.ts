import { BlockList } from 'node:net'
import { networkInterfaces } from 'node:os'
import ipaddr from 'ipaddr.js'

/** Not of the public internet although no registry says so: IPv4 in the oldest notation within IPv6 (RFC 4291, 2.5.5.1), and the host of Azure's machines. */
const RESERVED: readonly (readonly [string, number])[] = [
  ['::', 96],
  ['168.63.129.16', 32],
]

/**
 * Whether an IP address is one of the public internet: not this machine, not a network that it is on, not a private network, not a
 * range with a meaning of its own. An IPv6 address that stands for an IPv4 one is judged as that. What is no address is not public.
 * @param interfaces of this machine, as they are now
 */
export function isPublicAddress(address: string, interfaces = networkInterfaces()): boolean {
  const bare = address.replace(/^\[|\]$/g, '')
  if (!ipaddr.isValid(bare)) return false
  const parsed = ipaddr.process(bare)
  return parsed.range() === 'unicast' && !nearby(interfaces).check(parsed.toString(), parsed.kind())
}

function nearby(interfaces: ReturnType<typeof networkInterfaces>): BlockList {
  const list = new BlockList()
  const add = (network: string, prefix: number) =>
    list.addSubnet(network, prefix, ipaddr.parse(network).kind())
  for (const [network, prefix] of RESERVED) add(network, prefix)
  for (const { cidr } of Object.values(interfaces).flatMap((all) => all ?? [])) {
    const [network = '', prefix = ''] = cidr?.split('/') ?? []
    if (ipaddr.isValid(network) && Number(prefix) > 0) add(network, Number(prefix))
  }
  return list
}
