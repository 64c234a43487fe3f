import { folded } from '../members/find-members.ts'

/** Marks the first place where the words occur. Folding keeps lengths only for some scripts; others stay unmarked. */
export function Highlighted({ text, query }: { text: string; query: string }) {
  const wanted = folded(query.trim())
  const comparable = folded(text)
  const at = wanted === '' || comparable.length !== text.length ? -1 : comparable.indexOf(wanted)
  if (at < 0) return text
  return (
    <>
      {text.slice(0, at)}
      <mark>{text.slice(at, at + wanted.length)}</mark>
      {text.slice(at + wanted.length)}
    </>
  )
}
