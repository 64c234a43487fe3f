'use client'

import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from 'react'
import { useFailureText } from './failure-text.ts'
import type { Said } from './said.ts'
import { lazyPart } from '../frame/lazy-part.tsx'

const ToastList = lazyPart(() => import('./toast-list.tsx').then((module) => module.ToastList))

interface Toasts {
  /** Something went as wished. */
  say: (text: string) => void
  /** Something failed: an error, or a sentence. */
  warn: (problem: unknown) => void
}

const ToastContext = createContext<Toasts | null>(null)

export function useToasts(): Toasts {
  const toasts = useContext(ToastContext)
  if (!toasts) throw new Error('useToasts needs a ToastProvider above it')
  return toasts
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const failureText = useFailureText()
  const [said, setSaid] = useState<readonly Said[]>([])
  const nextId = useRef(1)
  const add = useCallback((text: string, bad: boolean) => {
    const id = nextId.current++
    setSaid((before) => [...before.filter((one) => one.text !== text).slice(-2), { id, text, bad }])
  }, [])
  const toasts = useMemo<Toasts>(
    () => ({
      say: (text) => add(text, false),
      warn: (problem) => add(typeof problem === 'string' ? problem : failureText(problem), true),
    }),
    [add, failureText],
  )
  const drop = useCallback((id: number) => setSaid((before) => before.filter((one) => one.id !== id)), [])

  return (
    <ToastContext.Provider value={toasts}>
      {children}
      {said.length > 0 ? <ToastList said={said} onGone={drop} /> : null}
    </ToastContext.Provider>
  )
}
