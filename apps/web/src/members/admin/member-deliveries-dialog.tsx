'use client'

import type { Member } from '@parley/contracts/members/member'
import type { Push } from '@parley/contracts/notifications/push'
import { useClient } from '@parley/react/parley-provider'
import { useCallback } from 'react'
import { Button } from '../../controls/button.tsx'
import { Dialog } from '../../controls/dialog.tsx'
import { useLoaded, type Loaded } from '../../controls/use-loaded.ts'
import { DeliveryList } from '../../notifications/delivery-list.tsx'
import { useText } from '../../text/use-text.ts'
import '../../text/words/admin.ts'
import '../../text/words/notification.ts'

/** Why somebody was not told: what was sent to a member's devices, for their admins. */
export function MemberDeliveriesDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const t = useText()
  const client = useClient()
  const { id: memberId, name } = member
  const load = useCallback(
    () => client.call('listMemberPushes', { params: { memberId } }),
    [client, memberId],
  )
  const [ledger, reload] = useLoaded(load)
  const pushes: Loaded<readonly Push[]> =
    ledger.state === 'loaded' ? { state: 'loaded', value: ledger.value.pushes } : ledger
  const devices = ledger.state === 'loaded' ? ledger.value.devices : null
  return (
    <Dialog title={t('ledger.titleOf', { name })} onClose={onClose}>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <p className="hint px-5 pb-3">{t('ledger.hint')}</p>
        {devices ? (
          <p className="px-5 pb-3 text-sm text-ink-2">
            {devices.length === 0
              ? t('ledger.devicesNone')
              : `${t('ledger.devices')}: ${devices.map(({ device, service }) => `${device} (${service})`).join(', ')}`}
          </p>
        ) : null}
        <DeliveryList pushes={pushes} onRetry={reload} chatName={() => null} codes />
      </div>
      <div className="dialog-foot">
        <Button look="quiet" onClick={onClose}>
          {t('acts.close')}
        </Button>
      </div>
    </Dialog>
  )
}
