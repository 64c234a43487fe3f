'use client'

import { CircleCheck, TriangleAlert, X } from 'lucide-react'
import { Toast } from 'radix-ui'
import { useText } from '../text/use-text.ts'
import { IconButton } from './icon-button.tsx'
import type { Said } from './said.ts'

export function ToastList({ said, onGone }: { said: readonly Said[]; onGone: (id: number) => void }) {
  return (
    <Toast.Provider swipeDirection="down">
      {said.map((one) => (
        <OneToast key={one.id} said={one} onGone={() => onGone(one.id)} />
      ))}
      <Toast.Viewport className="toasts" />
    </Toast.Provider>
  )
}

/** Failures stay twice as long: they are read twice. */
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
