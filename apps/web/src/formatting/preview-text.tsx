import { hasMarks } from '@parley/contracts/formatting/formatted'
import { useEffect, useState } from 'react'
import { fetchModule } from '../frame/fetch-module.ts'

/** The beginning of a text in one line of a list or a quote: without its marks, as soon as what reads them is there. */
export function PreviewText({ text }: { text: string }) {
  const [read, setRead] = useState({ text: '', plain: '' })
  useEffect(() => {
    if (!hasMarks(text)) return
    let over = false
    void fetchModule(() => import('@parley/contracts/formatting/plain-of')).then(({ plainOf }) => {
      if (!over) setRead({ text, plain: plainOf(text) })
    })
    return () => {
      over = true
    }
  }, [text])
  return read.text === text ? read.plain : text
}
