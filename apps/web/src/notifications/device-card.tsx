'use client'

import { useClient } from '@parley/react/parley-provider'
import { BellOff, BellRing } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { RuleGroup } from '../communication/rule-row.tsx'
import { Button } from '../controls/button.tsx'
import { useToasts } from '../controls/toasts.tsx'
import { useText } from '../text/use-text.ts'
import { deviceState, NoPushService, turnOff, turnOn, type DeviceState } from './push-device.ts'
import '../text/words/notification.ts'

type Known = DeviceState | 'unknown' | 'failed'

const words = {
  on: 'notifications.deviceOn',
  off: 'notifications.deviceOff',
  denied: 'notifications.deviceDenied',
  unsupported: 'notifications.deviceUnsupported',
  unavailable: 'notifications.deviceUnavailable',
  failed: 'notifications.deviceFailed',
} as const satisfies Record<Exclude<Known, 'unknown'>, string>

/** Whether this very browser is told while no page of Parley is open. */
export function DeviceCard({ offline, onTested }: { offline: boolean; onTested: () => void }) {
  const t = useText()
  const client = useClient()
  const { say, warn } = useToasts()
  const [state, setState] = useState<Known>('unknown')
  const [busy, setBusy] = useState(false)
  const look = useCallback(() => {
    deviceState(client).then(setState, () => setState('failed'))
  }, [client])
  useEffect(() => {
    look()
    // the person may have been to the browser's own settings
    addEventListener('focus', look)
    return () => removeEventListener('focus', look)
  }, [look, offline])

  async function turn(on: boolean) {
    setBusy(true)
    try {
      const next = await (on ? turnOn(client) : turnOff(client))
      setState(next)
      if (on && next !== 'on') warn(t('notifications.notTurnedOn'))
      else say(t(on ? 'notifications.turnedOn' : 'notifications.turnedOff'))
    } catch (error) {
      const ours = error instanceof NoPushService || error instanceof DOMException
      warn(ours ? t('notifications.noService') : error)
    } finally {
      setBusy(false)
    }
  }

  async function test() {
    try {
      const { lines } = await client.call('testPush', {})
      if (lines.length === 0) warn(t('notifications.testNone'))
      else say(t('notifications.testSent', { count: lines.length }))
      onTested()
    } catch (error) {
      warn(error)
    }
  }

  const Icon = state === 'on' ? BellRing : BellOff
  return (
    <RuleGroup title={t('notifications.device')}>
      <div className="rule device-rule" aria-busy={state === 'unknown'}>
        <Icon className={state === 'on' ? 'i l text-accent-ink' : 'i l text-ink-3'} />
        <span className="col fill" role="status">
          {state === 'unknown' ? <span className="bone h-3 w-48" /> : t(words[state])}
        </span>
        <span className="row">
          {state === 'on' ? (
            <Button size="small" disabled={offline} onClick={() => void test()}>
              {t('notifications.test')}
            </Button>
          ) : null}
          {state === 'on' || state === 'off' ? (
            <Button
              size="small"
              look={state === 'off' ? 'primary' : 'quiet'}
              busy={busy}
              disabled={offline}
              onClick={() => void turn(state === 'off')}
            >
              {t(state === 'off' ? 'notifications.turnOn' : 'notifications.turnOff')}
            </Button>
          ) : null}
          {state === 'failed' ? (
            <Button size="small" onClick={look}>
              {t('acts.tryAgain')}
            </Button>
          ) : null}
        </span>
      </div>
    </RuleGroup>
  )
}
