import type { LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isPublicAddress } from './public-address.ts'

/** The name leads into our own network, or nowhere. */
export class NotPublicError extends Error {
  override readonly name = 'NotPublicError'
}

/** Asks for all addresses of a host. */
export type Resolve = (
  hostname: string,
  tell: (error: Error | null, addresses: readonly LookupAddress[]) => void,
) => void

/**
 * Finds a host's addresses and leaves out all that are not public. It is asked for the very connection that is made, so a name
 * that answers differently the second time gains nothing. A host that is an address itself is never looked up: that is for the caller.
 */
export const publicLookup =
  (resolve: Resolve, isPublic: (address: string) => boolean = isPublicAddress): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, (error, found) => {
      const addresses = error ? [] : found.filter(({ address }) => isPublic(address))
      const [first] = addresses
      if (error || !first) callback(error ?? new NotPublicError(`${hostname} has no public address`), '', 0)
      else if (options.all) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }
