import { Tokenizer } from 'htmlparser2'
import { setImmediate } from 'node:timers/promises'

/** What the head of an HTML page says, by the names it says it under: `title`, `og:title`, `description` … First ones count. */
export type PageHead = ReadonlyMap<string, string>

/** Of one thing that is said. */
const SAID_MAX = 4_000
/** Other work comes between pieces of a page. */
const PIECE = 32_768

/**
 * Reads the head of a page. The tokenizer alone is used: it keeps no stack of what is open, so that no page takes more time than its length.
 */
export async function readHead(html: string): Promise<PageHead> {
  const said = new Map<string, string>()
  let element = ''
  let attribute = ''
  let value = ''
  let attributes = new Map<string, string>()
  let title: string | null = null

  const say = (name: string, text: string) => {
    if (name !== '' && !said.has(name)) said.set(name, text)
  }
  const grow = (text: string, more: string) => (text.length < SAID_MAX ? text + more : text)
  const opened = () => {
    if (element === 'meta') {
      const content = attributes.get('content')
      const name = attributes.get('property') ?? attributes.get('name') ?? ''
      if (content !== undefined) say(name.toLowerCase(), content)
    } else if (element === 'title' && !said.has('title')) title = ''
    else if (element === 'body') end()
  }
  const end = () => tokenizer.pause()
  const nothing = () => undefined
  const tokenizer = new Tokenizer(
    {},
    {
      onopentagname(from, to) {
        element = html.slice(from, to).toLowerCase()
        attributes = new Map()
      },
      onattribname(from, to) {
        attribute = html.slice(from, to).toLowerCase()
        value = ''
      },
      onattribdata: (from, to) => void (value = grow(value, html.slice(from, to))),
      onattribentity: (point) => void (value = grow(value, String.fromCodePoint(point))),
      onattribend() {
        if (element === 'meta' && !attributes.has(attribute)) attributes.set(attribute, value)
      },
      onopentagend: opened,
      onselfclosingtag: opened,
      ontext(from, to) {
        if (title !== null) title = grow(title, html.slice(from, to))
      },
      ontextentity(point) {
        if (title !== null) title = grow(title, String.fromCodePoint(point))
      },
      onclosetag(from, to) {
        const name = html.slice(from, to).toLowerCase()
        if (name === 'title' && title !== null) {
          say('title', title)
          title = null
        } else if (name === 'head') end()
      },
      oncdata: nothing,
      oncomment: nothing,
      ondeclaration: nothing,
      onend: nothing,
      onprocessinginstruction: nothing,
    },
  )
  for (let at = 0; at < html.length && tokenizer.running; at += PIECE) {
    if (at > 0) await setImmediate()
    tokenizer.write(html.slice(at, at + PIECE))
  }
  return said
}
