'use client'

import type { MessageView } from '@parley/client/client-api'
import type { ReactionView } from '@parley/client/messages/reaction-view'
import { useMe, useMembers } from '@parley/react/hooks'
import { clsx } from 'clsx'
import { isolated, listed } from '../text/listed.ts'
import { useText } from '../text/use-text.ts'
import type { MessageActs } from './message-acts.ts'

/** So many names stand in a tip before the others are counted. */
const NAMES = 8

interface ReactionChipsProps {
  message: MessageView
  /** The person may react here. */
  reactable: boolean
  acts: MessageActs
}

/** Under the bubble: what people put to the message. A click puts the same, or takes it back; who it was is said by each. */
export function ReactionChips({ message, reactable, acts }: ReactionChipsProps) {
  const t = useText()
  const names = useReactors()
  return (
    <div className="reacts">
      {message.reactions.map((one) => (
        <button
          key={one.emoji}
          type="button"
          className={clsx('react', one.mine && 'mine')}
          aria-pressed={one.mine}
          disabled={!reactable}
          aria-label={t('message.reactedWith', { emoji: one.emoji, names: names(one) })}
          data-tip={names(one)}
          onClick={() => acts.react(message, one.emoji)}
        >
          <span className="e">{one.emoji}</span>
          {one.memberIds.length}
        </button>
      ))}
    </div>
  )
}

/** Names of those who reacted with one emoji, in a sentence. */
function useReactors(): (reaction: ReactionView) => string {
  const t = useText()
  const me = useMe()
  const members = useMembers()
  return ({ memberIds }) => {
    const nameOf = (id: string) =>
      id === me?.id ? t('conversation.you') : isolated(members.get(id)?.name ?? t('chats.formerMember'))
    const named = memberIds.slice(0, NAMES).map(nameOf)
    const more = memberIds.length - named.length
    return listed(more > 0 ? [...named, t('message.moreReactors', { count: more })] : named)
  }
}
