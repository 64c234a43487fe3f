import type { Telling } from './telling.ts'
import type { Activity } from '../presence/activity.ts'

/** @param attended whether somebody looks at this tab */
export type NewsListener = (tellings: readonly Telling[], attended: boolean) => void

interface Deps {
  readonly activity: Activity
  /** Whether a screen of this tab shows the conversation. */
  readonly shown: (conversationId: string) => boolean
  /** Has another tab tell. */
  readonly pass: (tab: string, tellings: readonly Telling[]) => void
}

/** Decides which of the tabs tells the person, and keeps from them what they are looking at. */
export class NewsDesk {
  readonly #deps: Deps
  readonly #listeners = new Set<NewsListener>()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** @returns a function that ends it */
  listen(listener: NewsListener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** In the tab that leads: one tab tells. This one where the person looks at it, another that they look at, or else this one. */
  share(tellings: readonly Telling[]): void {
    const { activity, pass } = this.#deps
    const [other] = activity.attendedElsewhere()
    if (activity.attendedHere() || other === undefined) this.tell(tellings)
    else pass(other, tellings)
  }

  /** In the tab that was chosen. */
  tell(tellings: readonly Telling[]): void {
    const { activity, shown } = this.#deps
    const attended = activity.attendedHere()
    const news = tellings.filter(({ conversationId }) => !(attended && shown(conversationId)))
    if (news.length > 0) for (const listener of this.#listeners) listener(news, attended)
  }
}
