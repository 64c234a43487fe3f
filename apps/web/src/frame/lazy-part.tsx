import { lazy, Suspense, type ComponentType, type ReactNode } from 'react'
import { fetchModule } from './fetch-module.ts'

interface LazyPart<P> {
  (props: P): ReactNode
  /** Fetches it before it is shown, as when a pointer comes near. */
  fetch: () => void
}

/** What the modules that are there by now can fetch. */
const parts: (() => Promise<unknown>)[] = []

/**
 * A component that is fetched when it is first shown: everything that the chat page can do without until somebody wishes for it. Its words
 * come with it (`../text/words`). What a network that fails just then does not bring is tried again until it comes.
 * @param load imports the module and takes the component out of it: `() => import('./palette.tsx').then((module) => module.Palette)`
 * @param waiting stands in its place meanwhile
 */
export function lazyPart<P extends object>(
  load: () => Promise<ComponentType<P>>,
  waiting: ReactNode | ((props: P) => ReactNode) = null,
): LazyPart<P> {
  parts.push(load)
  const Part = lazy(async () => ({ default: await fetchModule(load) }))
  const Shown = (props: P) => (
    <Suspense fallback={typeof waiting === 'function' ? waiting(props) : waiting}>
      <Part {...props} />
    </Suspense>
  )
  return Object.assign(Shown, { fetch: () => void fetchModule(load) })
}

/** Fetches, one after another while nothing else is to do, every part that what is on the page may open. */
export async function fetchParts(): Promise<void> {
  for (const load of [...parts]) {
    await new Promise((idle) =>
      'requestIdleCallback' in window ? requestIdleCallback(idle) : setTimeout(idle, 50),
    )
    await fetchModule(load)
  }
}
