import type { ChatRow } from '@parley/client/client-api'
import type { Group } from '@parley/contracts/conversations/conversation'
import type { Member } from '@parley/contracts/members/member'
import { fold } from '@parley/contracts/search/fold'
import { matchesAll, termsOf } from '@parley/contracts/search/match'
import {
  begunOperator,
  daysOf,
  searchParts,
  writeOperator,
  type BegunOperator,
  type Operator,
  type SearchPart,
} from '@parley/contracts/search/query'
import { CalendarDays, FileText, Image, Link, Mic, type LucideIcon } from 'lucide-react'
import type { Text } from '../text/use-text.ts'
import '../text/words/search.ts'
import { conversationName } from '../conversations/conversation-name.ts'

/** A value for the operator that somebody has begun. */
export interface Suggestion {
  readonly kind: 'filter'
  readonly key: string
  readonly name: string
  readonly note: string
  readonly member: Member | null
  readonly group: { readonly conversationId: string; readonly group: Group } | null
  readonly icon: LucideIcon | null
  /** The whole query once it is taken; null opens the calendar. */
  readonly query: string | null
}

interface Sources {
  readonly text: string
  readonly t: Text
  readonly me: Member | null
  readonly chats: readonly ChatRow[]
  readonly members: ReadonlyMap<string, Member>
  readonly now: number
}

const MOST = 7
const plain = { note: '', member: null, group: null, icon: null } as const

const parts = {
  file: { icon: FileText, name: 'search.partFile' },
  picture: { icon: Image, name: 'search.partPicture' },
  link: { icon: Link, name: 'search.partLink' },
  voice: { icon: Mic, name: 'search.partVoice' },
} as const satisfies Readonly<Record<SearchPart, { readonly icon: LucideIcon; readonly name: string }>>

/** What the operator at the end of the query could be about; empty when there is none, or when it is finished. */
export function suggest(sources: Sources): Suggestion[] {
  const begun = begunOperator(sources.text)
  if (!begun) return []
  const found = byOperator[begun.operator](sources, begun)
  const [only] = found
  const done = found.length === 1 && fold(only?.query ?? '') === fold(sources.text)
  return done ? [] : found.slice(0, MOST)
}

const finish = ({ text }: Sources, { operator, at }: BegunOperator, value: string) =>
  `${text.slice(0, at)}${writeOperator(operator, value)} `

function people(sources: Sources, begun: BegunOperator): Suggestion[] {
  const { me, members, t } = sources
  const terms = termsOf(begun.value)
  const others = [...members.values()]
    .filter((member) => member.id !== me?.id && matchesAll([member.name], terms))
    .sort(
      (a, b) => Number(b.state === 'active') - Number(a.state === 'active') || a.name.localeCompare(b.name),
    )
  const own = me && matchesAll([t('search.me'), me.name, 'me'], terms) ? [me] : []
  return [...own, ...others].map((member) => ({
    ...plain,
    kind: 'filter',
    key: `from ${member.id}`,
    name: member === me ? t('search.me') : member.name,
    member,
    query: finish(sources, begun, member === me ? 'me' : member.name),
  }))
}

function places(sources: Sources, begun: BegunOperator): Suggestion[] {
  const terms = termsOf(begun.value)
  return sources.chats
    .map((chat) => ({ chat, name: conversationName(sources.t, chat) }))
    .filter(({ name }) => matchesAll([name], terms))
    .map(({ chat: { conversationId, group, other }, name }) => ({
      ...plain,
      kind: 'filter',
      key: `in ${conversationId}`,
      name,
      member: other,
      group: group && { conversationId, group },
      query: finish(sources, begun, name),
    }))
}

function kinds(sources: Sources, begun: BegunOperator): Suggestion[] {
  const wanted = begun.value.toLowerCase()
  return searchParts
    .map((part) => ({ part, icon: parts[part].icon, name: sources.t(parts[part].name) }))
    .filter(({ part, name }) => part.startsWith(wanted) || name.toLowerCase().startsWith(wanted))
    .map(({ part, icon, name }) => ({
      ...plain,
      kind: 'filter',
      key: `has ${part}`,
      name,
      icon,
      query: finish(sources, begun, part),
    }))
}

const monthName = (at: number) =>
  new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric' }).format(at)

function days(sources: Sources, begun: BegunOperator): Suggestion[] {
  const { t, now } = sources
  const date = new Date(now)
  const month = (back: number) => {
    const at = new Date(date.getFullYear(), date.getMonth() - back, 1)
    const value = `${String(at.getFullYear())}-${String(at.getMonth() + 1).padStart(2, '0')}`
    return { value, name: monthName(at.getTime()) }
  }
  const year = String(date.getFullYear() - 1)
  const options = [
    { value: 'today', name: t('time.today') },
    { value: 'yesterday', name: t('time.yesterday') },
    month(0),
    month(1),
    { value: year, name: year },
  ]
  const wanted = begun.value.toLowerCase()
  const option = (value: string, name: string, query: string | null): Suggestion => ({
    ...plain,
    kind: 'filter',
    key: `day ${value}`,
    name,
    note: query === null ? '' : `${begun.operator}:${value}`,
    icon: CalendarDays,
    query,
  })
  if (wanted !== '' && daysOf(wanted, now)) return [option(wanted, wanted, finish(sources, begun, wanted))]
  const fitting = options.filter(
    ({ value, name }) => value.startsWith(wanted) || name.toLowerCase().startsWith(wanted),
  )
  return [
    ...fitting.map(({ value, name }) => option(value, name, finish(sources, begun, value))),
    option('', t('search.chooseDay'), null),
  ]
}

const byOperator: Readonly<Record<Operator, (sources: Sources, begun: BegunOperator) => Suggestion[]>> = {
  from: people,
  in: places,
  has: kinds,
  before: days,
  after: days,
  on: days,
}
