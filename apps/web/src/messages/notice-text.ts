import type { Member } from '@parley/contracts/members/member'
import type { Notice } from '@parley/contracts/messages/notice'
import { useMe, useMembers } from '@parley/react/hooks'
import { useMemo } from 'react'
import { isolated, listed } from '../text/listed.ts'
import { useText, type Text } from '../text/use-text.ts'

/** So many are named before the others are counted. */
const NAMED = 3

interface Who {
  readonly me: string | null
  readonly members: ReadonlyMap<string, Member>
}

/** What a system line says: "Amina added Luis and Mei", "You left". */
export function noticeText(t: Text, notice: Notice, senderId: string, { me, members }: Who): string {
  const nameOf = (id: string) => isolated(members.get(id)?.name ?? t('chats.formerMember'))
  const self = senderId === me ? 'yes' : 'no'
  const who = nameOf(senderId)
  const name = isolated(notice.name ?? '')
  const { what, setting } = notice
  if (what === 'settings') {
    if (!setting) return ''
    return t(`notices.${setting.name}${setting.on ? 'On' : 'Off'}`, { who, self })
  }
  if (what === 'disappearing')
    return t('notices.disappearing', { who, self, after: String(notice.after ?? 0) })
  if (what === 'imported') {
    const named = notice.name ? 'yes' : 'no'
    return t('notices.imported', { who, self, named, name, count: notice.count })
  }
  // oneself is named first, and last in nobody's list
  const ids = [...notice.memberIds].sort((a, b) => Number(b === me) - Number(a === me))
  const named = ids.length === NAMED + 1 && notice.count === ids.length ? ids : ids.slice(0, NAMED)
  const others = notice.count - named.length
  const names = named.map((id) => (id === me ? t('notices.you') : nameOf(id)))
  const whom = listed(others > 0 ? [...names, t('notices.others', { count: others })] : names)
  return t(`notices.${what}`, { who, self, whom, name })
}

/** Says what a system line tells, to whoever is signed in. */
export function useNoticeText(): (notice: Notice, senderId: string) => string {
  const t = useText()
  const me = useMe()?.id ?? null
  const members = useMembers()
  return useMemo(
    () => (notice, senderId) => noticeText(t, notice, senderId, { me, members }),
    [t, me, members],
  )
}
