import { mentionSpans, type Nameable } from '@parley/contracts/messages/mention-spans'
import type { Mentions } from '@parley/contracts/messages/mentions'
import { useMe, useMembers } from '@parley/react/hooks'
import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { findLinks } from '@parley/contracts/messages/find-links'

function withLinks(text: string): ReactNode[] {
  const parts: ReactNode[] = []
  let at = 0
  for (const { from, to, href } of findLinks(text)) {
    parts.push(
      text.slice(at, from),
      <a key={from} className="link" href={href} target="_blank" rel="noopener noreferrer nofollow">
        {text.slice(from, to)}
      </a>,
    )
    at = to
  }
  parts.push(text.slice(at))
  return parts
}

export interface Words {
  text: string
  mentions: Mentions | null
}

/** Whom a message calls, of those who are known. */
export function useCalled(mentions: Mentions | null): readonly Nameable[] {
  const members = useMembers()
  return mentions ? mentions.memberIds.flatMap((id) => members.get(id) ?? []) : []
}

/** Words as they were typed; addresses lead somewhere, and whom they call stands out, oneself most. */
export const PlainWords = ({ text, mentions }: Words) =>
  mentions ? <WithMentions text={text} mentions={mentions} /> : <>{withLinks(text)}</>

function WithMentions({ text, mentions }: { text: string; mentions: Mentions }) {
  const me = useMe()?.id ?? ''
  const called = useCalled(mentions)
  const parts: ReactNode[] = []
  let at = 0
  for (const { from, to, memberIds } of mentionSpans(text, called, mentions.all === true)) {
    const isMe = memberIds === null || memberIds.includes(me)
    parts.push(
      <span key={at}>{withLinks(text.slice(at, from))}</span>,
      <bdi key={from} className={clsx('at', isMe && 'me')}>
        {text.slice(from, to)}
      </bdi>,
    )
    at = to
  }
  parts.push(<span key={at}>{withLinks(text.slice(at))}</span>)
  return <>{parts}</>
}
