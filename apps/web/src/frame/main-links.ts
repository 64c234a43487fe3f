import { MessageCircle, ShieldCheck, UserRound, UsersRound, type LucideIcon } from 'lucide-react'

export interface MainLink {
  readonly href: string
  /** Addresses under this belong to the link. */
  readonly under: string
  readonly word: 'chats' | 'people' | 'admin' | 'you'
  readonly icon: LucideIcon
}

const chats: MainLink = { href: '/chats', under: '/chats', word: 'chats', icon: MessageCircle }
const people: MainLink = { href: '/people', under: '/people', word: 'people', icon: UsersRound }
const admin: MainLink = { href: '/admin/people', under: '/admin', word: 'admin', icon: ShieldCheck }
const you: MainLink = { href: '/settings', under: '/settings', word: 'you', icon: UserRound }

export const railLinks = (isAdmin: boolean) => (isAdmin ? [chats, people, admin] : [chats, people])
export const tabLinks = (isAdmin: boolean) => [...railLinks(isAdmin), you]
