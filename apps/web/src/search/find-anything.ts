import type { ChatRow } from '@parley/client/client-api'
import type { Department } from '@parley/contracts/departments/department'
import type { Group } from '@parley/contracts/conversations/conversation'
import type { Member } from '@parley/contracts/members/member'
import type { SearchHit } from '@parley/contracts/search/routes'
import { matchesAll, type Term } from '@parley/contracts/search/match'
import {
  ContactRound,
  Palette,
  Settings,
  SquarePen,
  UserPlus,
  UsersRound,
  type LucideIcon,
} from 'lucide-react'
import { conversationName } from '../conversations/conversation-name.ts'
import { departmentNames, findMembers } from '../members/find-members.ts'
import type { Text } from '../text/use-text.ts'
import '../text/words/search.ts'
import type { Suggestion } from './suggestions.ts'

export type ActionName = 'newChat' | 'newGroup' | 'directory' | 'invite' | 'settings' | 'appearance'

interface Named {
  readonly key: string
  readonly name: string
  readonly note: string
}

export type Found =
  | Suggestion
  | (Named & {
      readonly kind: 'chat'
      /** null for a group. */
      readonly member: Member | null
      readonly group: Group | null
      readonly conversationId: string
    })
  | (Named & { readonly kind: 'person'; readonly member: Member })
  | { readonly kind: 'message'; readonly key: string; readonly hit: SearchHit }
  | (Named & { readonly kind: 'action'; readonly action: ActionName; readonly icon: LucideIcon })

interface Sources {
  readonly t: Text
  readonly query: string
  readonly terms: readonly Term[]
  readonly me: Member | null
  readonly chats: readonly ChatRow[]
  readonly members: ReadonlyMap<string, Member>
  readonly departments: ReadonlyMap<string, Department>
  readonly hits: readonly SearchHit[]
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

/** Beside messages there is room for few. */
const FEW = 4
const MANY = 8

/**
 * Chats first, since that is what is looked for most; then those one has not written with; then what one can do; then messages, which go
 * on for as long as somebody scrolls.
 */
export function findAnything({ t, query, terms, me, chats, members, departments, hits }: Sources): Found[] {
  const note = (member: Member) => departmentNames(member, departments).join(', ')
  const talks = chats.flatMap((chat): Found[] => {
    const { group, other, conversationId } = chat
    const name = conversationName(t, chat)
    if (!matchesAll([name], terms)) return []
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
    .map(({ action, icon, adminOnly }) => ({ action, icon, adminOnly, name: t(`search.${action}`) }))
    .filter(({ adminOnly, name }) => (!adminOnly || me?.role === 'admin') && matchesAll([name], terms))
    .map(({ action, icon, name }): Found => ({ kind: 'action', key: action, name, note: '', action, icon }))
  const most = terms.length === 0 ? 5 : hits.length > 0 ? FEW : MANY
  return [...talks.slice(0, most), ...people.slice(0, most), ...doable, ...messagesOf(hits)]
}

export const messagesOf = (hits: readonly SearchHit[]): Found[] =>
  hits.map((hit) => ({ kind: 'message', key: hit.messageId, hit }))
