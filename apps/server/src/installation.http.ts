import { OLDEST_PROTOCOL_VERSION, PROTOCOL_VERSION } from '@parley/contracts/protocol-version'
import packageJson from '../package.json' with { type: 'json' }
import type { RouteHandlers } from './platform/http/mount-routes.ts'

/** What clients ask before anybody signs in. It is about the program, not about any domain. */
export const installationRoutes = ({
  mail,
}: {
  readonly mail: boolean
}): Pick<RouteHandlers, 'installation'> => ({
  installation: () =>
    Promise.resolve({
      version: packageJson.version,
      protocolVersion: PROTOCOL_VERSION,
      oldestProtocolVersion: OLDEST_PROTOCOL_VERSION,
      mail,
    }),
})
