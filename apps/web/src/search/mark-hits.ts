import { findRanges, type Term } from '@parley/contracts/search/match'

const FOUND = 'found'
const NOW = 'found-now'
const HERE = 'found-here'

/**
 * Marks what was found in the messages on the screen, as the browser's own search does: without changing what is shown. The stream
 * makes and drops messages while it scrolls, so it is watched.
 * @param box holds the messages
 * @param current the message one is at
 * @returns ends it and takes the marks away
 */
export function markHits(box: Element, terms: readonly Term[], current: string | null): () => void {
  let frame = 0
  const paint = () => {
    frame = 0
    paintMarks(box, terms, current)
  }
  const observer = new MutationObserver(() => {
    frame ||= requestAnimationFrame(paint)
  })
  observer.observe(box, { childList: true, subtree: true, characterData: true })
  paint()
  return () => {
    observer.disconnect()
    cancelAnimationFrame(frame)
    for (const name of [FOUND, NOW]) highlights()?.delete(name)
    for (const message of box.querySelectorAll(`.${HERE}`)) message.classList.remove(HERE)
  }
}

/** Browsers of some years ago have none: there the message one is at is outlined, and nothing within it. */
const highlights = () => ('highlights' in CSS ? CSS.highlights : null)

function paintMarks(box: Element, terms: readonly Term[], current: string | null): void {
  const found: Range[] = []
  const now: Range[] = []
  for (const message of box.querySelectorAll<HTMLElement>('[data-message]')) {
    const here = message.dataset['message'] === current
    if (message.classList.contains(HERE) !== here) message.classList.toggle(HERE, here)
    const ranges = here ? now : found
    for (const words of message.querySelectorAll('.words')) ranges.push(...rangesIn(words, terms))
  }
  const registry = highlights()
  registry?.set(FOUND, new Highlight(...found))
  registry?.set(NOW, new Highlight(...now))
}

/** Where the terms are in what an element shows of a message; the time and buttons in it are no part of that. */
function rangesIn(words: Element, terms: readonly Term[]): Range[] {
  const nodes: { readonly node: Node; readonly at: number }[] = []
  let text = ''
  const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement?.closest('.meta, button')) continue
    nodes.push({ node, at: text.length })
    text += node.textContent ?? ''
  }
  const placeOf = (offset: number) => {
    const holder = nodes.findLast(({ at }) => at <= offset) ?? nodes[0]
    return holder && { node: holder.node, offset: offset - holder.at }
  }
  return findRanges(text, terms).flatMap(([from, to]) => {
    const start = placeOf(from)
    const last = placeOf(to - 1)
    if (!start || !last) return []
    const range = document.createRange()
    range.setStart(start.node, start.offset)
    range.setEnd(last.node, last.offset + 1)
    return [range]
  })
}
