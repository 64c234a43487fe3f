import type { Block, Piece } from './formatted.ts'

const plainPiece = (piece: Piece): string =>
  'pieces' in piece ? piece.pieces.map(plainPiece).join('') : piece.text
const plainPieces = (pieces: readonly Piece[]): string => pieces.map(plainPiece).join('')

/** What a formatted text says without its marks, as lists of chats and quotes show it. */
export function plainText(blocks: readonly Block[]): string {
  return blocks.map((block) => '\n'.repeat(block.gap) + plainBlock(block)).join('\n')
}

function plainBlock(block: Block): string {
  if (block.kind === 'code') return block.text
  if (block.kind !== 'list') return plainPieces(block.pieces)
  return block.items
    .map(({ number, pieces }) => `${number === null ? '•' : `${number}.`} ${plainPieces(pieces)}`)
    .join('\n')
}
