import type { Department } from '@parley/contracts/departments/department'
import type { Member } from '@parley/contracts/members/member'

/** Comparable text: no case and no accents, so that "tomas" finds "Tomás". */
export const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase()

const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true })
const byName = (a: Member, b: Member) => collator.compare(a.name, b.name)
export const compareText = (a: string, b: string) => collator.compare(a, b)

/** Those who can be written to, by name; whoever is asked for by words must match every one of them. */
export function findMembers(
  members: ReadonlyMap<string, Member>,
  departments: ReadonlyMap<string, Department>,
  query: string,
): Member[] {
  const words = folded(query).split(/\s+/).filter(Boolean)
  const matches = (member: Member) => {
    const text = folded([member.name, member.statusText, ...departmentNames(member, departments)].join(' '))
    return words.every((word) => text.includes(word))
  }
  return [...members.values()].filter((member) => member.state === 'active' && matches(member)).sort(byName)
}

export function departmentNames(member: Member, departments: ReadonlyMap<string, Department>): string[] {
  return member.departmentIds.flatMap((id) => departments.get(id)?.name ?? []).sort(compareText)
}
