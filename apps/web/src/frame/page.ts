import type { ComponentType, ReactNode } from 'react'
import type { en } from '../text/en/en.ts'

type Words = typeof en
/** The keys of all words that need no arguments. */
type PlainKey = {
  [Part in keyof Words]: {
    [Word in keyof Words[Part] & string]: Words[Part][Word] extends `${string}{${string}`
      ? never
      : `${Part}.${Word}`
  }[keyof Words[Part] & string]
}[keyof Words]

/** What stands at an address: a screen, the frame around it, and the title until the screen has one to say. */
export interface Page {
  (): ReactNode
  /** Pages of one layout keep it, with all its state, when one follows the other. */
  layout?: ComponentType<{ children: ReactNode }>
  title?: PlainKey
}
