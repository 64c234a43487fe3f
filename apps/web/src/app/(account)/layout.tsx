import type { ReactNode } from 'react'
import { TipProvider } from '../../controls/tip.tsx'
import { ToastProvider } from '../../controls/toasts.tsx'
import { AccountBones } from '../../sessions/account-frame.tsx'
import { ClientBoundary } from '../../sessions/client-boundary.tsx'

export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <ClientBoundary waiting={<AccountBones />}>
      <TipProvider delayDuration={500}>
        <ToastProvider>{children}</ToastProvider>
      </TipProvider>
    </ClientBoundary>
  )
}
