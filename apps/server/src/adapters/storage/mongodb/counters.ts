import type { Section } from './tables.ts'

/**
 * Where all writes of one organisation meet (T11). Every commit raises `version` by compare-and-set, which proves that
 * nothing of the organisation has changed since this process last looked, so that its caches are true.
 */
export interface Counters {
  readonly version: number
  /** The newest seq of the feed. */
  readonly feedSeq: number
  /** The feed's oldest cursor that can be continued. */
  readonly floor: number
  /** The version that last changed each section. */
  readonly sections: Readonly<Record<Section, number>>
  /** Made up anew for every commit, so that one whose answer was lost can be recognised. */
  readonly commit: string
}

export const NO_COUNTERS: Counters = {
  version: 0,
  feedSeq: 0,
  floor: 0,
  sections: { directory: 0, sessions: 0, conversations: 0, feed: 0 },
  commit: '',
}
