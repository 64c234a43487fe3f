'use client'

import type { ReactNode } from 'react'
import { IntlProvider } from 'use-intl'
import compiled from '../../.cache/text/en.json'
import type { en } from './en/en.ts'

/** Of the catalogue's shape, with each message in the form that the formatter reads without parsing. */
const messages = compiled as unknown as typeof en

/** English first: a second language is chosen here, once there is one. */
export function TextProvider({ children }: { children: ReactNode }) {
  return (
    <IntlProvider locale="en" messages={messages} timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone}>
      {children}
    </IntlProvider>
  )
}
