import { LinkifyIt } from 'linkify-it'
import { memo, type ReactNode } from 'react'

const linkify = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true, fuzzyIP: false }).add('ftp:', null).add('//', null)
const ALLOWED = /^(https?:|mailto:)/i

/** Text stays text: only addresses become links, and only to the web and to mail. */
function withLinks(text: string): ReactNode[] {
  const parts: ReactNode[] = []
  let from = 0
  for (const match of linkify.match(text) ?? []) {
    if (!ALLOWED.test(match.url)) continue
    // Nobody should be led over an unprotected line because they left the scheme out.
    const href = match.schema === '' ? match.url.replace(/^http:/, 'https:') : match.url
    parts.push(
      text.slice(from, match.index),
      <a key={match.index} className="link" href={href} target="_blank" rel="noopener noreferrer nofollow">
        {match.raw}
      </a>,
    )
    from = match.lastIndex
  }
  parts.push(text.slice(from))
  return parts
}

export const MessageText = memo(function MessageText({ text }: { text: string }) {
  return <>{withLinks(text)}</>
})
