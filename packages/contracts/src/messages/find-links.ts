import { LinkifyIt } from 'linkify-it'

const linkify = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true, fuzzyIP: false })
  .add('ftp:', null)
  .add('//', null)
const ALLOWED = /^(https?:|mailto:)/i

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
