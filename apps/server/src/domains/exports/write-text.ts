import { hasMarks, type Block, type ListItem, type Piece } from '@parley/contracts/formatting/formatted'
import { parseFormatted } from '@parley/contracts/formatting/parse-formatted'
import { findLinks } from '@parley/contracts/messages/find-links'

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text that is nothing but text, wherever it stands on a page. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => ESCAPED[letter] ?? '')

const TAGS = { bold: 'b', italic: 'i', strike: 's' } as const

const pieceOf = (piece: Piece): string => {
  if ('pieces' in piece) return `<${TAGS[piece.kind]}>${piecesOf(piece.pieces)}</${TAGS[piece.kind]}>`
  return piece.kind === 'code' ? `<code>${escaped(piece.text)}</code>` : escaped(piece.text)
}
const piecesOf = (pieces: readonly Piece[]): string => pieces.map(pieceOf).join('')

function blockOf(block: Block): string {
  if (block.kind === 'code') return `<pre>${escaped(block.text)}</pre>`
  if (block.kind === 'list') return `<p dir="auto">${block.items.map(itemOf).join('\n')}</p>`
  const tag = block.kind === 'quote' ? 'blockquote' : 'p'
  return `<${tag} dir="auto">${piecesOf(block.pieces)}</${tag}>`
}

const itemOf = ({ number, level, pieces }: ListItem): string =>
  `${'\u2003'.repeat(level)}${number === null ? '•' : `${String(number)}.`} ${piecesOf(pieces)}`

/** What somebody wrote, with its light formatting, as HTML: every letter of it escaped, and no tag or attribute of theirs. */
export function writeText(text: string): string {
  if (text === '') return ''
  if (!hasMarks(text)) return `<p dir="auto">${escaped(text)}</p>`
  return parseFormatted(text, findLinks)
    .map((block) => `${block.gap > 0 ? '<br>' : ''}${blockOf(block)}`)
    .join('')
}
