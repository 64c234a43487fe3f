import type { Typers } from '../conversations/typers.ts'
import type { Replica } from '../replica/replica.ts'
import { dataOf } from '../replica/replica-state.ts'

const NAMED = 2
const nobody: Typers = { names: [], more: 0 }

/** Who is typing by name; the same answer for the same people. */
export class TyperNames {
  readonly #replica: Replica
  readonly #known = new WeakMap<readonly string[], { revision: number; typers: Typers }>()

  constructor(replica: Replica) {
    this.#replica = replica
  }

  of(memberIds: readonly string[]): Typers {
    if (memberIds.length === 0) return nobody
    const { state, topics } = this.#replica
    const revision = topics.revision('members')
    const known = this.#known.get(memberIds)
    if (known?.revision === revision) return known.typers
    const names = memberIds.slice(0, NAMED).flatMap((id) => dataOf(state, 'member', id)?.name ?? [])
    const typers = { names, more: memberIds.length - names.length }
    this.#known.set(memberIds, { revision, typers })
    return typers
  }
}
