import type { MessageQuery } from '@parley/contracts/search/found'

/** What is looked for on this device. */
export interface DeviceQuery extends MessageQuery {
  /** In these conversations; in all when empty. */
  readonly in: readonly string[]
}
