import '../text/words/search.ts'
import type { ChatRow } from '@parley/client/client-api'
import type { Department } from '@parley/contracts/departments/department'
import type { Group } from '@parley/contracts/conversations/conversation'
import type { Member } from '@parley/contracts/members/member'
import {
  ContactRound,
  Palette,
  Settings,
  SquarePen,
  UserPlus,
  UsersRound,
  type LucideIcon,
} from 'lucide-react'
import { departmentNames, findMembers, folded } from '../members/find-members.ts'

export type ActionName = 'newChat' | 'newGroup' | 'directory' | 'invite' | 'settings' | 'appearance'

export type Found =
  | {
      readonly kind: 'chat'
      readonly key: string
      readonly name: string
      readonly note: string
      /** null for a group. */
      readonly member: Member | null
      readonly group: Group | null
      readonly conversationId: string
    }
  | {
      readonly kind: 'person'
      readonly key: string
      readonly name: string
      readonly note: string
      readonly member: Member
    }
  | {
      readonly kind: 'action'
      readonly key: string
      readonly name: string
      readonly note: string
      readonly action: ActionName
      readonly icon: LucideIcon
    }

interface Sources {
  readonly query: string
  readonly me: Member | null
  readonly chats: readonly ChatRow[]
  readonly members: ReadonlyMap<string, Member>
  readonly departments: ReadonlyMap<string, Department>
  readonly say: (key: `search.${ActionName}`) => string
}

const actions: readonly {
  readonly action: ActionName
  readonly icon: LucideIcon
  readonly adminOnly?: true
}[] = [
  { action: 'newChat', icon: SquarePen },
  { action: 'newGroup', icon: UsersRound },
  { action: 'directory', icon: ContactRound },
  { action: 'invite', icon: UserPlus, adminOnly: true },
  { action: 'settings', icon: Settings },
  { action: 'appearance', icon: Palette },
]

/** Chats first, since that is what is looked for most; then those one has not written with; then what one can do. */
export function findAnything({ query, me, chats, members, departments, say }: Sources): Found[] {
  const note = (member: Member) => departmentNames(member, departments).join(', ')
  const words = folded(query).split(/\s+/).filter(Boolean)
  const hits = (text: string) => words.every((word) => folded(text).includes(word))

  const talks = chats.flatMap(({ group, other, conversationId }): Found[] => {
    const name = group?.name ?? other?.name
    if (name === undefined || !hits(name)) return []
    const about = other ? note(other) : ''
    return [{ kind: 'chat', key: conversationId, name, note: about, member: other, group, conversationId }]
  })
  const known = new Set(talks.flatMap((found) => (found.kind === 'chat' ? (found.member?.id ?? []) : [])))
  const people = findMembers(members, departments, query)
    .filter((member) => member.id !== me?.id && !known.has(member.id))
    .map((member): Found => ({
      kind: 'person',
      key: member.id,
      name: member.name,
      note: note(member),
      member,
    }))
  const doable = actions
    .filter(({ action, adminOnly }) => (!adminOnly || me?.role === 'admin') && hits(say(`search.${action}`)))
    .map(({ action, icon }): Found => ({
      kind: 'action',
      key: action,
      name: say(`search.${action}`),
      note: '',
      action,
      icon,
    }))
  const most = query ? 8 : 5
  return [...talks.slice(0, most), ...people.slice(0, most), ...doable]
}
