import { randomUUID } from 'node:crypto'
import { sections, type Section, type Table } from './tables.ts'
import type { WriteBuffer } from './write-buffer.ts'

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

/** What a commit believes the counters to be, and what it makes of them. */
export interface CountersStep {
  readonly from: Counters
  readonly to: Counters
}

/** The counters as they are after a commit of these writes. */
export function countersAfter(from: Counters, written: WriteBuffer): Counters {
  const version = from.version + 1
  const touched = new Set(
    [...written.tables.keys()].map((table: Table): Section | undefined => table.section),
  )
  const after = sections.map((name) => [name, touched.has(name) ? version : from.sections[name]])
  return {
    version,
    feedSeq: written.feedSeq,
    floor: written.floor,
    sections: Object.fromEntries(after) as Counters['sections'],
    commit: randomUUID(),
  }
}
