import { LinkifyIt } from 'linkify-it'

const linkify = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true, fuzzyIP: false })
  .add('ftp:', null)
  .add('//', null)
const ALLOWED = /^(https?:|mailto:)/i
const WEB = /^https?:/i

export interface FoundLink {
  readonly from: number
  readonly to: number
  readonly href: string
}

/** The addresses in a text that may become links: to the web and to mail, and nowhere else. */
export function findLinks(text: string): FoundLink[] {
  return (linkify.match(text) ?? [])
    .filter(({ url }) => ALLOWED.test(url))
    .map(({ index, lastIndex, schema, url }) => ({
      from: index,
      to: lastIndex,
      // Nobody should be led over an unprotected line because they left the scheme out.
      href: schema === '' ? url.replace(/^http:/, 'https:') : url,
    }))
}

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
