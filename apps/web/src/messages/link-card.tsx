import { firstPage } from '@parley/contracts/messages/first-page'
import type { LinkPreview } from '@parley/contracts/messages/link-preview'
import { Globe } from 'lucide-react'

interface LinkCardProps {
  preview: LinkPreview
  /** What the message says: while an edit of it is under way the preview may be of a link that is not there any more. */
  text: string
}

/** What the page that a message links to says of itself; leads to it. Everything it shows came with the message. */
export function LinkCard({ preview, text }: LinkCardProps) {
  const { url, title, description, picture } = preview
  if (firstPage(text) !== url) return null
  return (
    <a className="link-card" href={url} target="_blank" rel="noopener noreferrer nofollow" draggable={false}>
      <span className="cover">
        {picture === undefined ? (
          <Globe className="i" aria-hidden />
        ) : (
          <img src={`data:image/webp;base64,${picture}`} alt="" width={88} height={88} draggable={false} />
        )}
      </span>
      <span className="said">
        <b dir="auto">{title}</b>
        {description === undefined ? null : (
          <span className="about" dir="auto">
            {description}
          </span>
        )}
        <bdi className="host cut" dir="ltr">
          {new URL(url).host}
        </bdi>
      </span>
    </a>
  )
}
