import { hasMarks } from '@parley/contracts/formatting/formatted'
import { useEffect, useState } from 'react'
import { fetchModule } from '../frame/fetch-module.ts'

/** The beginning of a text in one line of a list or a quote: without its marks, as soon as what reads them is there. */
export function PreviewText({ text }: { text: string }) {
  return usePlain(text) ?? text
}

/** A text without its marks; null until what reads them is there. */
export function usePlain(text: string): string | null {
  const [read, setRead] = useState({ text: '', plain: '' })
  const marked = hasMarks(text)
  useEffect(() => {
    if (!marked) return
    let over = false
    void fetchModule(() => import('@parley/contracts/formatting/plain-of')).then(({ plainOf }) => {
      if (!over) setRead({ text, plain: plainOf(text) })
    })
    return () => {
      over = true
    }
  }, [text, marked])
  if (!marked) return text
  return read.text === text ? read.plain : null
}
