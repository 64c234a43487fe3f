import { findLinks, type FoundLink } from './find-links.ts'

const WEB = /^https?:/i

/** The beginning of a text in which a page to preview is looked for; most links stand there, and the rest is not worth the time. */
const LOOKED_THROUGH = 2_000

const MAYBE = /:\/\/|[^\s.]\.[^\s.]/

/** Whether a text may hold an address: cheap, so that most texts are looked at no further. */
export const mayHaveLink = (text: string): boolean => MAYBE.test(text)

/** The first page that a text links to, as it would be opened; null where there is none that can be. Takes time in proportion to the text. */
export function firstPage(text: string): string | null {
  if (!mayHaveLink(text)) return null
  const beginning = text.slice(0, LOOKED_THROUGH)
  const isWhole = ({ to }: FoundLink) => to < beginning.length || beginning.length === text.length
  const found = findLinks(beginning).find(
    (link) => WEB.test(link.href) && URL.canParse(link.href) && isWhole(link),
  )
  return found?.href ?? null
}
