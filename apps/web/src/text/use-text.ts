import { useTranslations } from 'use-intl'
import type { en } from './en/en.ts'
import type { parts } from './en/parts.ts'

type All<T> = (T extends unknown ? (each: T) => void : never) extends (all: infer I) => void ? I : never
/** What `TextPart` adds where it is said. */
type Part = All<(typeof parts)[keyof typeof parts]>

declare module 'use-intl' {
  interface AppConfig {
    Messages: typeof en & Part
    Locale: 'en'
  }
}

/** The catalogue's words by their full key, such as `t('chats.title')`. */
export const useText = () => useTranslations()
export type Text = ReturnType<typeof useText>
