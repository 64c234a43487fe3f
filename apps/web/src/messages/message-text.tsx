import { hasMarks } from '@parley/contracts/formatting/formatted'
import type { Mentions } from '@parley/contracts/messages/mentions'
import { memo } from 'react'
import { lazyPart } from '../frame/lazy-part.tsx'
import { PlainWords, type Words } from './plain-words.tsx'

const FormattedText = lazyPart<Words>(
  () => import('../formatting/formatted-text.tsx').then((module) => module.FormattedText),
  (asTyped) => <PlainWords {...asTyped} />,
)

interface MessageTextProps {
  text: string
  mentions?: Mentions | null
}

/** What a person wrote: text, never markup. Where it has the marks of light formatting, what reads them is fetched, and it stands as typed until then. */
export const MessageText = memo(function MessageText({ text, mentions = null }: MessageTextProps) {
  return hasMarks(text) ? (
    <FormattedText text={text} mentions={mentions} />
  ) : (
    <PlainWords text={text} mentions={mentions} />
  )
})
