'use client'

import type { ReactNode } from 'react'
import { IntlProvider } from 'use-intl'
import { loadedWords } from './words/first-words.ts'

/** English first: a second language is chosen here, once there is one. */
export function TextProvider({ children }: { children: ReactNode }) {
  return (
    <IntlProvider
      locale="en"
      messages={loadedWords}
      timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone}
    >
      {children}
    </IntlProvider>
  )
}
