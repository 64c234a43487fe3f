import type { Message } from '@parley/contracts/messages/message'
import { authorOf } from './exported-chat.ts'
import { filePathOf } from './exported-files.ts'

interface PageOf {
  readonly title: string
  readonly timeZone: string
  readonly exportedAt: number
  readonly withFiles: boolean
  readonly nameOf: (memberId: string) => Promise<string>
}

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text that is nothing but text, wherever it stands on the page. */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => ESCAPED[letter] ?? '')

const STYLE = `:root{color-scheme:light dark}body{font:15px/1.45 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
h2{font-size:.8rem;text-align:center;opacity:.7;margin:2rem 0 1rem}article{margin:.5rem 0;padding:.5rem .75rem;border:1px solid #8884;border-radius:12px}
header{font-size:.8rem;opacity:.75}p{margin:.25rem 0 0;white-space:pre-wrap;overflow-wrap:anywhere}blockquote{margin:.25rem 0;padding:0 .6rem;border-inline-start:3px solid #888;font-size:.85rem}
.line{border:0;text-align:center;font-size:.8rem;opacity:.75}ul{margin:.25rem 0 0;padding-inline-start:1.2rem}`

/** The page to read, piece by piece: it loads nothing and runs nothing. */
export async function* writePage(
  pages: AsyncIterable<readonly Message[]>,
  about: PageOf,
): AsyncGenerator<Buffer> {
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: about.timeZone })
  const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: about.timeZone })
  const title = escaped(about.title)
  yield Buffer.from(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file:">
<title>${title}</title><style>${STYLE}</style></head><body>
<h1 dir="auto">${title}</h1>
<p>As of ${escaped(day.format(about.exportedAt))}, ${escaped(clock.format(about.exportedAt))} (${escaped(about.timeZone)}).</p>\n`)
  let last = ''
  for await (const messages of pages) {
    const pieces: string[] = []
    for (const message of messages) {
      const date = day.format(message.sentAt)
      if (date !== last) pieces.push(`<h2>${escaped(date)}</h2>`)
      last = date
      pieces.push(await articleOf(message, about, clock.format(message.sentAt)))
    }
    yield Buffer.from(`${pieces.join('\n')}\n`)
  }
  yield Buffer.from('</body></html>\n')
}

async function articleOf(message: Message, about: PageOf, time: string): Promise<string> {
  const author = escaped(await authorOf(message, about.nameOf))
  if (message.notice)
    return `<article class="line"><bdi>${author}</bdi>: ${await noticeOf(message, about)}</article>`
  const marks = [
    ...(message.imported ? ['imported'] : []),
    ...(message.forwarded ? ['forwarded'] : []),
    ...(message.editedAt === undefined ? [] : ['edited']),
  ].map((mark) => `, ${mark}`)
  const head = `<header><b><bdi>${author}</bdi></b>, ${escaped(time)}${marks.join('')}</header>`
  if (message.deletedAt !== undefined)
    return `<article>${head}<p><i>This message was deleted</i></p></article>`
  const quote = message.replyTo ? `<blockquote dir="auto">${escaped(message.replyTo.text)}</blockquote>` : ''
  const text = message.text === '' ? '' : `<p dir="auto">${escaped(message.text)}</p>`
  return `<article>${head}${quote}${filesOf(message, about)}${text}</article>`
}

function filesOf(message: Message, { withFiles }: PageOf): string {
  const files = message.files ?? []
  if (files.length === 0) return ''
  const items = files.map((file, position) => {
    const name = `<bdi>${escaped(file.name)}</bdi>`
    if (!withFiles || file.gone) return `<li>${name}</li>`
    const path = filePathOf(message, position).split('/').map(encodeURIComponent).join('/')
    return `<li><a href="${escaped(path)}">${name}</a></li>`
  })
  return `<ul>${items.join('')}</ul>`
}

/** What happened, in a few words. */
async function noticeOf({ notice }: Message, { nameOf }: PageOf): Promise<string> {
  if (!notice) return ''
  const names = await Promise.all(notice.memberIds.map((id) => nameOf(id)))
  const whom = names.length > 0 ? ` <bdi>${escaped(names.join(', '))}</bdi>` : ''
  const name = notice.name === null ? '' : ` “<bdi>${escaped(notice.name)}</bdi>”`
  return `${notice.what}${whom}${name}`
}
