import type { Block, ListItem, Piece } from '@parley/contracts/formatting/formatted'
import { parseFormatted } from '@parley/contracts/formatting/parse-formatted'
import { mentionSpans } from '@parley/contracts/messages/mention-spans'
import { Fragment, useMemo, type ReactNode } from 'react'
import { findLinks } from '@parley/contracts/messages/find-links'
import { PlainWords, useCalled, type Words } from '../messages/plain-words.tsx'

/** What a person wrote, with its light formatting. */
export function FormattedText({ text, mentions }: Words) {
  const called = useCalled(mentions)
  const all = mentions?.all === true
  const names = called.map(({ name }) => name).join('\n')
  const blocks = useMemo(
    () => parseFormatted(text, (of) => [...findLinks(of), ...mentionSpans(of, called, all)]),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- whom it calls counts by name
    [text, names, all],
  )
  const say = (words: string) => <PlainWords text={words} mentions={mentions} />
  return blocks.map((block, index) => (
    <Fragment key={index}>
      {emptyLines(block, blocks[index - 1])}
      {blockShown(block, say)}
    </Fragment>
  ))
}

/** Empty lines stay, as people set apart what they write with them. A paragraph, being inline, ends its line with one more. */
function emptyLines({ gap }: Block, before: Block | undefined): string {
  return '\n'.repeat(before?.kind === 'paragraph' && gap > 0 ? gap + 1 : gap)
}

type Say = (words: string) => ReactNode

function blockShown(block: Block, say: Say): ReactNode {
  if (block.kind === 'code') {
    return (
      <pre className="code-block" dir="ltr">
        <code>{block.text}</code>
      </pre>
    )
  }
  if (block.kind === 'list') return <ListShown items={block.items} say={say} />
  if (block.kind === 'quote') return <blockquote>{piecesShown(block.pieces, say)}</blockquote>
  return piecesShown(block.pieces, say)
}

/** Marks and numbers as they were given, so that nothing is counted anew. */
function ListShown({ items, say }: { items: readonly ListItem[]; say: Say }) {
  return (
    <ul className="points">
      {items.map(({ number, level, pieces }, index) => (
        <li key={index} style={{ '--level': level } as object}>
          <span className="point">{number === null ? '•' : `${number}.`}</span>
          <span>{piecesShown(pieces, say)}</span>
        </li>
      ))}
    </ul>
  )
}

const TAGS = { bold: 'strong', italic: 'em', strike: 's' } as const

function piecesShown(pieces: readonly Piece[], say: Say): ReactNode[] {
  return pieces.map((piece, index) => {
    if (piece.kind === 'text') return <Fragment key={index}>{say(piece.text)}</Fragment>
    if (piece.kind === 'code') {
      return (
        <code key={index} dir="ltr">
          {piece.text}
        </code>
      )
    }
    const Tag = TAGS[piece.kind]
    return 'pieces' in piece ? <Tag key={index}>{piecesShown(piece.pieces, say)}</Tag> : null
  })
}
