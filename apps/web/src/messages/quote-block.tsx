import type { Quote } from '@parley/contracts/messages/message'
import { useMe, useMember } from '@parley/react/hooks'
import type { CSSProperties } from 'react'
import { PreviewText } from '../formatting/preview-text.tsx'
import { hueOf } from '../members/appearance.ts'
import { useText } from '../text/use-text.ts'

interface QuoteBlockProps {
  quote: Quote
  onJump: (number: number) => void
}

/** What a message answers; leads to it. */
export function QuoteBlock({ quote, onJump }: QuoteBlockProps) {
  const t = useText()
  const name = useQuotedName(quote.senderId, quote.author)
  return (
    <button
      type="button"
      className="quote"
      style={{ '--h': hueOf(quote.senderId) } as CSSProperties}
      aria-label={t('message.answers', { name })}
      onClick={() => onJump(quote.number)}
    >
      <QuoteWords quote={quote} name={name} />
    </button>
  )
}

/** Who said it, and its beginning. */
export function QuoteWords({ quote, name }: { quote: Pick<Quote, 'kind' | 'text'>; name: string }) {
  const t = useText()
  return (
    <>
      <b>
        <bdi>{name}</bdi>
      </b>
      <span className="quote-text" dir="auto">
        {quote.kind === 'deleted' ? <i>{t('message.deleted')}</i> : <PreviewText text={quote.text} />}
      </span>
    </>
  )
}

export function useQuotedName(senderId: string, author?: string | null): string {
  const t = useText()
  const me = useMe()
  const sender = useMember(senderId)
  if (author) return author
  if (me?.id === senderId) return t('conversation.you')
  return sender?.name ?? t('chats.formerMember')
}
