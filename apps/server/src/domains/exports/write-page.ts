import type { File } from '@parley/contracts/files/file'
import { plainOf } from '@parley/contracts/formatting/plain-of'
import type { Message } from '@parley/contracts/messages/message'
import { setImmediate } from 'node:timers/promises'
import { authorOf } from './exported-chat.ts'
import { filePathOf } from './exported-files.ts'
import { sayNotice } from './say-notice.ts'
import { escaped, writeText } from './write-text.ts'

interface PageOf {
  readonly title: string
  readonly timeZone: string
  readonly exportedAt: number
  readonly withFiles: boolean
  readonly nameOf: (memberId: string) => Promise<string>
}

const STYLE = `:root{color-scheme:light dark}body{font:15px/1.45 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
h2{font-size:.8rem;text-align:center;opacity:.7;margin:2rem 0 1rem}article{margin:.5rem 0;padding:.5rem .75rem;border:1px solid #8884;border-radius:12px}
header{font-size:.8rem;opacity:.75}p{margin:.25rem 0 0;white-space:pre-wrap;overflow-wrap:anywhere}blockquote{margin:.25rem 0;padding:0 .6rem;border-inline-start:3px solid #888;font-size:.85rem}
.line{border:0;text-align:center;font-size:.8rem;opacity:.75}ul{margin:.25rem 0 0;padding-inline-start:1.2rem}pre{margin:.25rem 0 0;padding:.5rem;overflow-x:auto;background:#8882;border-radius:8px}
figure{margin:.4rem 0 0}img,video{display:block;max-width:100%;max-height:24rem;border-radius:8px}audio{display:block;width:100%;max-width:24rem}`

/** The page to read, piece by piece: it runs nothing, and loads nothing but the files beside it. */
export async function* writePage(
  pages: AsyncIterable<readonly Message[]>,
  about: PageOf,
): AsyncGenerator<Buffer> {
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: about.timeZone })
  const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: about.timeZone })
  const title = escaped(about.title)
  yield Buffer.from(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file:; media-src 'self' file:">
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
      // a text may be made to take long to be read for its marks: others have their turn between two of them
      await setImmediate()
    }
    yield Buffer.from(`${pieces.join('\n')}\n`)
  }
  yield Buffer.from('</body></html>\n')
}

async function articleOf(message: Message, about: PageOf, time: string): Promise<string> {
  const author = escaped(await authorOf(message, about.nameOf))
  if (message.notice)
    return `<article class="line" dir="auto"><bdi>${author}</bdi> ${escaped(await sayNotice(message.notice, about.nameOf))}</article>`
  const marks = [
    ...(message.imported ? ['imported'] : []),
    ...(message.forwarded ? ['forwarded'] : []),
    ...(message.editedAt === undefined ? [] : ['edited']),
  ].map((mark) => `, ${mark}`)
  const head = `<header><b><bdi>${author}</bdi></b>, ${escaped(time)}${marks.join('')}</header>`
  if (message.deletedAt !== undefined)
    return `<article>${head}<p><i>This message was deleted</i></p></article>`
  return `<article>${head}${await quoteOf(message, about)}${filesOf(message, about)}${writeText(message.text)}</article>`
}

/** Types that every browser shows by itself. */
const SHOWN = /^image\/(?:jpeg|png|gif|webp)$/

/** A picture, film or recording to be looked at or heard on the page; null for what can only be opened. */
function inPlace({ kind, name, type }: File, path: string): string | null {
  if (kind === 'picture' && SHOWN.test(type))
    return `<figure><a href="${path}"><img src="${path}" alt="${escaped(name)}" loading="lazy"></a></figure>`
  if (kind === 'video') return `<figure><video src="${path}" controls preload="none"></video></figure>`
  if (kind === 'audio' || kind === 'voice')
    return `<figure><audio src="${path}" controls preload="none"></audio></figure>`
  return null
}

const KINDS = {
  text: '',
  picture: 'Photo',
  video: 'Video',
  audio: 'Audio',
  voice: 'Voice message',
  document: 'File',
} as const

/** What a message answers, and who had said that. */
async function quoteOf({ replyTo }: Message, { nameOf }: PageOf): Promise<string> {
  if (!replyTo) return ''
  const author = escaped(replyTo.author ?? (await nameOf(replyTo.senderId)))
  const said =
    replyTo.kind === 'deleted'
      ? '<i>This message was deleted</i>'
      : escaped(plainOf(replyTo.text) || KINDS[replyTo.kind])
  return `<blockquote><b><bdi>${author}</bdi></b><br><bdi>${said}</bdi></blockquote>`
}

function filesOf(message: Message, { withFiles }: PageOf): string {
  const files = message.files ?? []
  if (files.length === 0) return ''
  const items = files.map((file, position) => {
    const name = `<bdi>${escaped(file.name)}</bdi>`
    if (!withFiles || file.gone) return `<li>${name}</li>`
    const path = filePathOf(message, position).split('/').map(encodeURIComponent).join('/')
    return inPlace(file, escaped(path)) ?? `<li><a href="${escaped(path)}">${name}</a></li>`
  })
  const listed = items.filter((item) => item.startsWith('<li>'))
  const shown = items.filter((item) => !item.startsWith('<li>'))
  return `${shown.join('')}${listed.length > 0 ? `<ul>${listed.join('')}</ul>` : ''}`
}
