'use client'

import { CircleCheck, TriangleAlert, X } from 'lucide-react'
import { Toast } from 'radix-ui'
import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from 'react'
import { useText } from '../text/use-text.ts'
import { useFailureText } from './failure-text.ts'
import { IconButton } from './icon-button.tsx'

interface Said {
  readonly id: number
  readonly text: string
  readonly bad: boolean
}

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
  const drop = (id: number) => setSaid((before) => before.filter((one) => one.id !== id))

  return (
    <ToastContext.Provider value={toasts}>
      <Toast.Provider swipeDirection="down" duration={6000}>
        {children}
        {said.map((one) => (
          <OneToast key={one.id} said={one} onGone={() => drop(one.id)} />
        ))}
        <Toast.Viewport className="toasts" />
      </Toast.Provider>
    </ToastContext.Provider>
  )
}

function OneToast({ said, onGone }: { said: Said; onGone: () => void }) {
  const t = useText()
  const Icon = said.bad ? TriangleAlert : CircleCheck
  return (
    <Toast.Root
      className="toast"
      duration={said.bad ? 10_000 : 5_000}
      onOpenChange={(open) => (open ? undefined : onGone())}
    >
      <Icon className={said.bad ? 'i text-red-ink' : 'i text-green-ink'} />
      <Toast.Description className="fill" dir="auto">
        {said.text}
      </Toast.Description>
      <Toast.Close asChild>
        <IconButton icon={X} label={t('acts.dismiss')} size="small" />
      </Toast.Close>
    </Toast.Root>
  )
}
