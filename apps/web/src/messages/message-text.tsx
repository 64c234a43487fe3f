import { memo, useSyncExternalStore, type ReactNode } from 'react'
import type { FoundLink } from './find-links.ts'
import { fetchModule } from '../frame/fetch-module.ts'

type FindLinks = (text: string) => readonly FoundLink[]

/** Links are found by a module that is fetched after the page shows; until then text is text, in the same place. */
let findLinks: FindLinks | null = null
let fetching: Promise<void> | null = null
const listeners = new Set<() => void>()

function onceLoaded(listener: () => void): () => void {
  listeners.add(listener)
  fetching ??= fetchModule(() => import('./find-links.ts')).then((module) => {
    findLinks = module.findLinks
    for (const tell of listeners) tell()
  })
  return () => listeners.delete(listener)
}

const nowLoaded = () => findLinks
const neverLoaded = () => null

function withLinks(text: string, links: readonly FoundLink[]): ReactNode[] {
  const parts: ReactNode[] = []
  let at = 0
  for (const { from, to, href } of links) {
    parts.push(
      text.slice(at, from),
      <a key={from} className="link" href={href} target="_blank" rel="noopener noreferrer nofollow">
        {text.slice(from, to)}
      </a>,
    )
    at = to
  }
  parts.push(text.slice(at))
  return parts
}

/** What a person wrote: text, never markup. */
export const MessageText = memo(function MessageText({ text }: { text: string }) {
  const find = useSyncExternalStore(onceLoaded, nowLoaded, neverLoaded)
  return <>{find ? withLinks(text, find(text)) : text}</>
})
