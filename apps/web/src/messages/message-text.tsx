import type { Mentions } from '@parley/contracts/messages/mentions'
import { lazy, memo, Suspense } from 'react'
import { hasMarks } from '../formatting/formatted.ts'
import { fetchModule } from '../frame/fetch-module.ts'
import { PlainWords } from './plain-words.tsx'

const FormattedText = lazy(async () => ({
  default: await fetchModule(() =>
    import('../formatting/formatted-text.tsx').then((module) => module.FormattedText),
  ),
}))

interface MessageTextProps {
  text: string
  mentions?: Mentions | null
}

/** What a person wrote: text, never markup. Where it has the marks of light formatting, what reads them is fetched, and it stands as typed until then. */
export const MessageText = memo(function MessageText({ text, mentions = null }: MessageTextProps) {
  const asTyped = <PlainWords text={text} mentions={mentions} />
  if (!hasMarks(text)) return asTyped
  return (
    <Suspense fallback={asTyped}>
      <FormattedText text={text} mentions={mentions} />
    </Suspense>
  )
})
