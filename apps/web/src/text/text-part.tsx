'use client'

import { IntlProvider, useLocale, useMessages } from 'use-intl'
import { useMemo, type ReactNode } from 'react'

interface TextPartProps {
  /** A compiled part of the catalogue, which comes with the program that says it: `.cache/text/en.<part>.json`. */
  words: unknown
  children: ReactNode
}

/** Adds a part of the catalogue for what stands inside, so that pages which never say it do not fetch it. */
export function TextPart({ words, children }: TextPartProps) {
  const outer = useMessages()
  const messages = useMemo(() => ({ ...outer, ...(words as object) }), [outer, words])
  return (
    <IntlProvider locale={useLocale()} messages={messages}>
      {children}
    </IntlProvider>
  )
}
