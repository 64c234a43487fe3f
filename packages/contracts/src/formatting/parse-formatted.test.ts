import { describe, expect, it } from 'vitest'
import { findLinks } from '../messages/find-links.ts'
import { hasMarks, type Block, type Piece } from './formatted.ts'
import { parseFormatted } from './parse-formatted.ts'
import { plainText } from './plain-text.ts'

const parse = (text: string) => parseFormatted(text, findLinks)

/** Short, to be read: `<bold>x</bold>`. */
const told = (pieces: readonly Piece[]): string =>
  pieces
    .map((piece) =>
      'pieces' in piece
        ? `<${piece.kind}>${told(piece.pieces)}</${piece.kind}>`
        : piece.kind === 'code'
          ? `<code>${piece.text}</code>`
          : piece.text,
    )
    .join('')
const inline = (text: string) => parse(text).map((block) => ('pieces' in block ? told(block.pieces) : '?'))

describe('formatting in messages', () => {
  it.each([
    [
      '*bold* _italic_ ~gone~ `code`',
      '<bold>bold</bold> <italic>italic</italic> <strike>gone</strike> <code>code</code>',
    ],
    ['*_both_*, (*in brackets*)', '<bold><italic>both</italic></bold>, (<bold>in brackets</bold>)'],
    ['“*quoted*”: *名前*。', '“<bold>quoted</bold>”: <bold>名前</bold>。'],
    ['`*no* mark` counts in ```_code_```', '<code>*no* mark</code> counts in <code>_code_</code>'],
    ['*two\nlines*', '<bold>two\nlines</bold>'],
  ])('%s', (text, expected) => {
    expect(inline(text)).toEqual([expected])
  })

  it.each([
    '2 * 3 * 4',
    'a*b*c and some_file_name and x~y~z',
    '* not closed',
    '*not closed either',
    '**two stars** are two stars, __two lines__ too',
    '_ apart _',
    'https://a.example/_x_/*y*?q=~z~ and www.a.example/a_b_',
    '<b>no</b> [no](https://a.example) ![no](x) &amp; # no',
    '`not closed\nhere`',
    '``',
  ])('leaves as it was written: %s', (text) => {
    const [block] = parse(text)
    if (block?.kind === 'list') expect(plainText([block])).toBe('• not closed')
    else expect(inline(text)).toEqual([text])
  })

  it('knows lists, quotes and blocks of code, each of which ends with its line', () => {
    const text =
      'To do:\n- *one*\n  - two\n3. three\nthat is all\n\n\n> said\n> _so_\nanswered\n```js\nlet a = *1*\n\n b\n```'
    expect(parse(text)).toEqual<Block[]>([
      { kind: 'paragraph', gap: 0, pieces: [{ kind: 'text', text: 'To do:' }] },
      {
        kind: 'list',
        gap: 0,
        items: [
          { number: null, level: 0, pieces: [{ kind: 'bold', pieces: [{ kind: 'text', text: 'one' }] }] },
          { number: null, level: 1, pieces: [{ kind: 'text', text: 'two' }] },
          { number: 3, level: 0, pieces: [{ kind: 'text', text: 'three' }] },
        ],
      },
      { kind: 'paragraph', gap: 0, pieces: [{ kind: 'text', text: 'that is all' }] },
      {
        kind: 'quote',
        gap: 2,
        pieces: [
          { kind: 'text', text: 'said\n' },
          { kind: 'italic', pieces: [{ kind: 'text', text: 'so' }] },
        ],
      },
      { kind: 'paragraph', gap: 0, pieces: [{ kind: 'text', text: 'answered' }] },
      { kind: 'code', gap: 0, text: 'js\nlet a = *1*\n\n b' },
    ])
    expect(plainText(parse(text))).toBe(
      'To do:\n• one\n• two\n3. three\nthat is all\n\n\nsaid\nso\nanswered\njs\nlet a = *1*\n\n b',
    )
  })

  it('leaves a name with marks in it whole', () => {
    const text = '*@a_b* and @a_b _x_'
    const at = (of: string) => [...of.matchAll(/@a_b/g)].map(({ index }) => ({ from: index, to: index + 4 }))
    const [block] = parseFormatted(text, at)
    expect(block && 'pieces' in block && told(block.pieces)).toBe(
      '<bold>@a_b</bold> and @a_b <italic>x</italic>',
    )
  })

  it('needs no parser for what has no marks', () => {
    for (const text of ['See you at 9', 'a_b', '2 * 3', 'mail me@x.example - today', 'Wait…\nok'])
      expect([text, hasMarks(text)]).toEqual([text, false])
    for (const text of ['*x*', 'so\n- y', '> z', '1. a', 'x `y`', '```\na\n```'])
      expect([text, hasMarks(text)]).toEqual([text, true])
  })

  it.each([
    '*_~'.repeat(2_666),
    '*a _b ~c '.repeat(888),
    '*a* _b'.repeat(1_333),
    '`'.repeat(8_000),
    '` ``` '.repeat(1_333),
    '> '.repeat(4_000),
    '>\n'.repeat(4_000),
    '- '.repeat(4_000),
    '- a\n> b\n'.repeat(1_000),
    '```a\n'.repeat(1_600),
    'www.a.example/_x_ *'.repeat(420),
    '*'.repeat(8_000),
    '_a '.repeat(2_666) + 'a_ '.repeat(1),
    ' '.repeat(7_999) + '*',
    '\n'.repeat(7_990) + '*a*',
    ' \t'.repeat(3_999) + '>',
    '1'.repeat(7_998) + '. ',
  ])('is done with hostile text in no time, and loses nothing of it: %#', (text) => {
    const start = performance.now()
    hasMarks(text)
    const blocks = parse(text)
    // on a slow machine under load; what grows with the square takes many seconds
    expect(performance.now() - start).toBeLessThan(1_500)
    const depth = (pieces: readonly Piece[]): number =>
      Math.max(0, ...pieces.map((piece) => ('pieces' in piece ? 1 + depth(piece.pieces) : 0)))
    for (const block of blocks) if ('pieces' in block) expect(depth(block.pieces)).toBeLessThan(100)
    const letters = (of: string) => of.replace(/[^a-z]/g, '')
    expect(letters(plainText(blocks))).toBe(letters(text))
  })
})
