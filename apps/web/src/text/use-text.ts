import { useTranslations } from 'use-intl'
import type { en } from './en/en.ts'

declare module 'use-intl' {
  interface AppConfig {
    Messages: typeof en
    Locale: 'en'
  }
}

/** The catalogue's words by their full key, such as `t('chats.title')`. */
export const useText = () => useTranslations()
export type Text = ReturnType<typeof useText>
