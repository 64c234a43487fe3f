import type { RouteName } from '@parley/contracts/routes'

/** Something that was done here and that the server refused. */
export interface RefusedCall {
  readonly key: string
  readonly route: RouteName
  readonly conversationId: string | null
  /** Why, as a sentence. */
  readonly failure: string
}
