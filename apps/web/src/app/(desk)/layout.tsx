import type { ReactNode } from 'react'
import { TipProvider } from '../../controls/tip.tsx'
import { ToastProvider } from '../../controls/toasts.tsx'
import { DeskBones, DeskFrame } from '../../frame/desk-frame.tsx'
import { ClientBoundary } from '../../sessions/client-boundary.tsx'
import { DeskGate } from '../../sessions/desk-gate.tsx'

export default function DeskLayout({ children }: { children: ReactNode }) {
  return (
    <ClientBoundary waiting={<DeskBones />}>
      <DeskGate waiting={<DeskBones />}>
        <TipProvider delayDuration={500}>
          <ToastProvider>
            <DeskFrame>{children}</DeskFrame>
          </ToastProvider>
        </TipProvider>
      </DeskGate>
    </ClientBoundary>
  )
}
