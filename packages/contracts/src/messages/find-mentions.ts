import { MENTIONED_MAX } from './bounds.ts'
import { mentionSpans, type Nameable } from './mention-spans.ts'
import type { Mentions } from './mentions.ts'

/** Whom a text calls of these people; undefined for nobody. */
export function findMentions(text: string, people: Iterable<Nameable>): Mentions | undefined {
  const spans = mentionSpans(text, people, true)
  if (spans.length === 0) return undefined
  const memberIds = [...new Set(spans.flatMap((span) => span.memberIds ?? []))].slice(0, MENTIONED_MAX)
  const all = spans.some((span) => span.memberIds === null)
  return { memberIds, ...(all && { all }) }
}
