import type { ReactNode } from 'react'
import { TipLayer } from '../controls/tip-layer.tsx'
import { ToastProvider } from '../controls/toasts.tsx'
import { ClientBoundary } from '../sessions/client-boundary.tsx'
import { DeskGate } from '../sessions/desk-gate.tsx'
import { DeskBones, DeskFrame } from './desk-frame.tsx'

/** Around every page that only the signed-in see. */
export function DeskLayout({ children }: { children: ReactNode }) {
  return (
    <ClientBoundary waiting={<DeskBones />}>
      <DeskGate waiting={<DeskBones />}>
        <ToastProvider>
          <DeskFrame>{children}</DeskFrame>
        </ToastProvider>
        <TipLayer />
      </DeskGate>
    </ClientBoundary>
  )
}
