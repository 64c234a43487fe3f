import type { Exchange } from '../platform/http/mount-routes.ts'
import { createLog } from '../platform/log/create-log.ts'

/** For a part that a test gives and that must not be used in it. */
export const unused = (): never => {
  throw new Error('this is not part of the test')
}

/** What a handler may use besides what its route declares, for tests of one handler. */
export const testExchange: Exchange = {
  address: '192.0.2.7',
  userAgent: 'Chrome on Linux',
  requestId: 'test',
  log: createLog('fatal', { write: () => undefined }),
  encoding: null,
  askAgain: unused,
  refreshCookie: undefined,
  setSession: unused,
  clearSession: unused,
}
