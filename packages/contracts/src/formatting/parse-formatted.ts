import MarkdownIt, { type StateBlock, type StateInline, type Token } from 'markdown-it'
import type { Block, ListItem, Piece, Protected, Span } from './formatted.ts'

/** Deeper marks stay as they were written. */
const DEEPEST = 8
const MARK_NAMES = new Map([
  [0x2a, 'bold'],
  [0x5f, 'italic'],
  [0x7e, 'strike'],
])
const BACKTICK = 0x60
const GREATER = 0x3e
const ITEM = /^([ \t]{0,8})([-*•]|\d{1,9}[.)])[ \t]+(?=\S)/
const FENCE_OPENS = /^[ \t]*```([\w+#.-]{0,20})[ \t]*$/
const FENCE_CLOSES = /^[ \t]*```[ \t]*$/

/**
 * A parser of the marks that people know from their messengers, and of no others: nothing stands for HTML, and a link is what the text
 * says. Blocks end with their line, as what is written below a quote or a list belongs to neither.
 */
const parser = new MarkdownIt('zero', { maxNesting: DEEPEST })
const interrupts = { alt: ['paragraph'] }
parser.block.ruler.before('paragraph', 'fence', fence, interrupts)
parser.block.ruler.before('paragraph', 'quote', quote, interrupts)
parser.block.ruler.before('paragraph', 'list', list, interrupts)
parser.inline.ruler.after('text', 'code', code)
parser.inline.ruler.after('text', 'mark', mark)
parser.inline.ruler2.after('balance_pairs', 'mark', closeMarks)

/**
 * @param text within the bound of a message
 * @param protectedIn the spans of some text that are taken as they are
 */
export function parseFormatted(text: string, protectedIn: Protected): Block[] {
  const blocks: Block[] = []
  let end = 0
  for (const token of parser.parse(text, { protectedIn })) {
    const [from, to] = token.map ?? [end, end]
    const gap = blocks.length > 0 ? from - end : 0
    const block = blockOf(token, gap)
    if (!block) continue
    blocks.push(block)
    end = to
  }
  return blocks
}

function blockOf(token: Token, gap: number): Block | null {
  if (token.type === 'fence') return { kind: 'code', gap, text: token.content }
  if (token.type === 'list') return { kind: 'list', gap, items: token.meta?.['items'] as readonly ListItem[] }
  if (token.type !== 'inline') return null
  const kind = token.meta?.['quote'] === true ? 'quote' : 'paragraph'
  return { kind, gap, pieces: piecesOf(token.children ?? []) }
}

/** The tree of what a line of tokens opens and closes. */
function piecesOf(tokens: readonly Token[]): Piece[] {
  const root: Piece[] = []
  const open: Piece[][] = [root]
  for (const { type, nesting, content } of tokens) {
    const into = open.at(-1) ?? root
    if (nesting === -1) {
      open.pop()
    } else if (nesting === 1) {
      const pieces: Piece[] = []
      into.push({ kind: type as 'bold', pieces })
      open.push(pieces)
    } else if (content !== '') {
      into.push({ kind: type === 'code' ? 'code' : 'text', text: content })
    }
  }
  return root
}

const lineOf = (state: StateBlock, line: number): string =>
  state.src.slice(state.bMarks[line], state.eMarks[line])

/** Lines between two lines of three backticks. What stands after the first of these is no less said. */
function fence(state: StateBlock, start: number, end: number, silent: boolean): boolean {
  const opens = FENCE_OPENS.exec(lineOf(state, start))
  if (!opens) return false
  let close = start + 1
  while (close < end && !FENCE_CLOSES.test(lineOf(state, close))) close += 1
  if (close >= end) return false
  if (silent) return true
  const lines = Array.from({ length: close - start - 1 }, (_, index) => lineOf(state, start + 1 + index))
  const token = state.push('fence', '', 0)
  token.content = [...(opens[1] ? [opens[1]] : []), ...lines].join('\n')
  token.map = [start, close + 1]
  state.line = close + 1
  return true
}

const isQuoted = (state: StateBlock, line: number): boolean =>
  state.src.charCodeAt((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0)) === GREATER

/** Lines that begin with ">". */
function quote(state: StateBlock, start: number, end: number, silent: boolean): boolean {
  if (!isQuoted(state, start)) return false
  if (silent) return true
  let line = start
  const said: string[] = []
  for (; line < end && isQuoted(state, line); line += 1)
    said.push(lineOf(state, line).replace(/^[ \t]*>[ \t]?/, ''))
  const token = state.push('inline', '', 0)
  token.content = said.join('\n')
  token.map = [start, line]
  token.children = []
  token.meta = { quote: true }
  state.line = line
  return true
}

/** Lines that begin with a dash, a star, a bullet or a number. */
function list(state: StateBlock, start: number, end: number, silent: boolean): boolean {
  if (!ITEM.test(lineOf(state, start))) return false
  if (silent) return true
  const items: ListItem[] = []
  let line = start
  for (; line < end; line += 1) {
    const text = lineOf(state, line)
    const found = ITEM.exec(text)
    if (!found) break
    const [all, indent = '', mark = ''] = found
    const number = Number.parseInt(mark, 10)
    const children: Token[] = []
    state.md.inline.parse(text.slice(all.length), state.md, state.env, children)
    items.push({
      number: Number.isNaN(number) ? null : number,
      level: Math.min(3, Math.floor(indent.replaceAll('\t', '  ').length / 2)),
      pieces: piecesOf(children),
    })
  }
  const token = state.push('list', '', 0)
  token.map = [start, line]
  token.meta = { items }
  state.line = line
  return true
}

/** Between one backtick and the next on the same line, or between three and three. */
function code(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state
  if (src.charCodeAt(pos) !== BACKTICK) return false
  const ticks = src.startsWith('```', pos) ? '```' : '`'
  const from = pos + ticks.length
  // once nothing closed this many, nothing further on does
  if (state.backticks[ticks.length] === -1) return false
  const to = src.indexOf(ticks, from)
  if (to < 0) state.backticks[ticks.length] = -1
  const text = to < 0 ? '' : src.slice(from, to)
  if (to + ticks.length > posMax || text.trim() === '' || (ticks === '`' && text.includes('\n'))) return false
  if (!silent) state.push('code', '', 0).content = text.replace(/^\n|\n$/g, '')
  state.pos = to + ticks.length
  return true
}

/** A star, an underscore or a tilde that may begin or end something: beside a word, and not within one. */
function mark(state: StateInline, silent: boolean): boolean {
  const marker = state.src.charCodeAt(state.pos)
  if (silent || !MARK_NAMES.has(marker)) return false
  const { can_open: open, can_close: close, length } = state.scanDelims(state.pos, false)
  const counts = length === 1 && !isProtected(state)
  const token = state.push('text', '', 0)
  token.content = state.src.slice(state.pos, state.pos + length)
  if (counts)
    state.delimiters.push({ marker, length: 0, token: state.tokens.length - 1, end: -1, open, close })
  state.pos += length
  return true
}

const spansOf = new WeakMap<StateInline, readonly Span[]>()

function isProtected(state: StateInline): boolean {
  let spans = spansOf.get(state)
  if (!spans) {
    const { protectedIn } = state.env as { protectedIn: Protected }
    spans = protectedIn(state.src)
    spansOf.set(state, spans)
  }
  return spans.some(({ from, to }) => from < state.pos && state.pos < to)
}

/** What was found to be a pair becomes one. */
function closeMarks({ delimiters, tokens }: StateInline): void {
  for (const { end, token, marker } of delimiters) {
    const other = delimiters[end]
    const [opening, closing] = [tokens[token], other && tokens[other.token]]
    const type = MARK_NAMES.get(marker)
    if (!opening || !closing || type === undefined) continue
    Object.assign(opening, { type, nesting: 1, content: '' })
    Object.assign(closing, { type, nesting: -1, content: '' })
  }
}
