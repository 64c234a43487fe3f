import { OLDEST_PROTOCOL_VERSION, PROTOCOL_VERSION } from '@parley/contracts/protocol-version'
import packageJson from '../package.json' with { type: 'json' }
import type { RouteHandlers } from './platform/http/mount-routes.ts'

/** What clients ask before anybody signs in. It is about the program, not about any domain. */
export const installationRoutes = ({
  mail,
  isEmpty,
}: {
  readonly mail: boolean
  readonly isEmpty: () => Promise<boolean>
}): Pick<RouteHandlers, 'installation'> => {
  // Where somebody has been there is never nobody again, so that is asked no more.
  let empty = true
  return {
    installation: async () => {
      empty &&= await isEmpty()
      return {
        version: packageJson.version,
        protocolVersion: PROTOCOL_VERSION,
        oldestProtocolVersion: OLDEST_PROTOCOL_VERSION,
        mail,
        empty,
      }
    },
  }
}
