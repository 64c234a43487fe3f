import { memo, type ReactNode } from 'react'
import { findLinks } from './find-links.ts'

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

/** What a person wrote: text, never markup. */
export const MessageText = memo(function MessageText({ text }: { text: string }) {
  return <>{withLinks(text)}</>
})
