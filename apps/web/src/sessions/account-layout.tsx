import type { ReactNode } from 'react'
import { TipLayer } from '../controls/tip-layer.tsx'
import { ToastProvider } from '../controls/toasts.tsx'
import { AccountBones } from './account-frame.tsx'
import { ClientBoundary } from './client-boundary.tsx'

/** Around every page on the way in. */
export function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <ClientBoundary waiting={<AccountBones />}>
      <ToastProvider>{children}</ToastProvider>
      <TipLayer />
    </ClientBoundary>
  )
}
