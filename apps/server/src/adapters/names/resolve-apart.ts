import { Resolver } from 'node:dns/promises'
import type { Resolve } from '../../kernel/public-lookup.ts'

/**
 * Asks the name servers itself, for names that strangers choose. The system's own way would take one of the few threads that files, pictures
 * and passwords are waiting for, for as long as a stranger's name server likes.
 * @param servers the system's where it is left out
 */
export function resolveApart(servers?: readonly string[]): Resolve {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 })
  if (servers) resolver.setServers(servers)
  return (hostname, tell) => {
    const both = Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)])
    void both.then(([four, six]) => {
      const found = [four, six].flatMap((answer, index) =>
        answer.status === 'fulfilled'
          ? answer.value.map((address) => ({ address, family: index === 0 ? 4 : 6 }))
          : [],
      )
      tell(found.length > 0 ? null : new Error('the name has no address'), found)
    })
  }
}
