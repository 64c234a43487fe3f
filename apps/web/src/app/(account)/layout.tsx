import type { ReactNode } from 'react'
import { TipLayer } from '../../controls/tip-layer.tsx'
import { ToastProvider } from '../../controls/toasts.tsx'
import { AccountBones } from '../../sessions/account-frame.tsx'
import { ClientBoundary } from '../../sessions/client-boundary.tsx'

export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <ClientBoundary waiting={<AccountBones />}>
      <ToastProvider>{children}</ToastProvider>
      <TipLayer />
    </ClientBoundary>
  )
}
