import type { Member } from '@parley/contracts/members/member'
import { ALL } from '@parley/contracts/messages/mention-spans'
import { compareText, folded } from '../members/find-members.ts'

/** So many are offered; who is looked for among more types a letter more. */
const OFFERED = 20

/** An "@" that begins a word, and what was typed of the name since. */
const BEGUN = /(?<![\p{L}\p{N}])@([^\n@]{0,40})$/u

export interface AskedMention {
  /** Where the "@" stands. */
  readonly from: number
  readonly query: string
}

/** What is being typed of a name just before the caret; null where no name is. */
export function mentionAt(text: string, caret: number): AskedMention | null {
  const found = BEGUN.exec(text.slice(0, caret))
  return found ? { from: found.index, query: found[1] ?? '' } : null
}

/**
 * Who may be meant: a word of whose name begins so, without regard to case and accents, those first whose whole name does.
 * @returns null among them stands for everybody
 */
export function candidatesFor(people: readonly Member[], query: string): readonly (Member | null)[] {
  const asked = folded(query)
  const rank = ({ name }: Member): number => {
    const text = folded(name)
    if (text.startsWith(asked)) return 0
    return text.split(/\s+/).some((word) => word.startsWith(asked)) ? 1 : 2
  }
  const found = people
    .map((member) => ({ member, rank: rank(member) }))
    .filter((one) => one.rank < 2)
    .sort((a, b) => a.rank - b.rank || compareText(a.member.name, b.member.name))
    .slice(0, OFFERED)
    .map(({ member }) => member)
  return ALL.startsWith(asked) ? [...found, null] : found
}
