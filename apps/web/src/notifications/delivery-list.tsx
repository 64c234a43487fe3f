'use client'

import type { Push, PushReason, PushState } from '@parley/contracts/notifications/push'
import { BellRing, FlaskConical, RotateCw, TriangleAlert, Undo2 } from 'lucide-react'
import { RowBones } from '../controls/bones.tsx'
import { Button } from '../controls/button.tsx'
import { useFailureText } from '../controls/failure-text.ts'
import { State } from '../controls/state.tsx'
import type { Loaded } from '../controls/use-loaded.ts'
import { useText } from '../text/use-text.ts'
import { whenWithin } from '../time/format.ts'
import { useNow } from '../time/use-now.ts'
import '../text/words/notification.ts'

const icons = { message: BellRing, withdrawal: Undo2, test: FlaskConical } as const

const stateWords = {
  queued: ['ledger.queued', 'badge blue'],
  accepted: ['ledger.accepted', 'badge green'],
  failed: ['ledger.failedState', 'badge red'],
  expired: ['ledger.expired', 'badge amber'],
  withdrawn: ['ledger.withdrawn', 'badge'],
} as const satisfies Record<PushState, readonly [string, string]>

const reasonWords = {
  gone: 'ledger.reasonGone',
  'too-large': 'ledger.reasonTooLarge',
  'rate-limited': 'ledger.reasonRateLimited',
  'service-error': 'ledger.reasonServiceError',
  'no-answer': 'ledger.reasonNoAnswer',
  refused: 'ledger.reasonRefused',
  'not-allowed': 'ledger.reasonNotAllowed',
} as const satisfies Record<PushReason, string>

interface DeliveryListProps {
  pushes: Loaded<readonly Push[]>
  onRetry: () => void
  /** The name of a chat, for whoever is in it. */
  chatName: (conversationId: string) => string | null
  /** With the numbers that push services answer, for whoever looks into what went wrong. */
  codes?: boolean
}

/** The delivery ledger: what was sent, to which device, and what became of it. Never what it said. */
export function DeliveryList({ pushes, onRetry, chatName, codes = false }: DeliveryListProps) {
  const t = useText()
  const failureText = useFailureText()
  if (pushes.state === 'loading') return <RowBones count={3} />
  if (pushes.state === 'failed') {
    return (
      <State
        icon={TriangleAlert}
        tone="red"
        alert
        title={t('ledger.failed')}
        acts={
          <Button look="primary" icon={RotateCw} onClick={onRetry}>
            {t('acts.tryAgain')}
          </Button>
        }
      >
        {failureText(pushes.error)}
      </State>
    )
  }
  if (pushes.value.length === 0) {
    return (
      <State icon={BellRing} title={t('ledger.none')}>
        {t('ledger.noneHint')}
      </State>
    )
  }
  return (
    <ul>
      {pushes.value.map((push) => (
        <Delivery
          key={push.line}
          push={push}
          codes={codes}
          name={push.conversationId === null ? null : chatName(push.conversationId)}
        />
      ))}
    </ul>
  )
}

function Delivery({ push, name, codes }: { push: Push; name: string | null; codes: boolean }) {
  const t = useText()
  const now = useNow()
  const Icon = icons[push.kind]
  const [word, look] = stateWords[push.state]
  const title =
    push.kind === 'message'
      ? name === null
        ? t('ledger.message')
        : t('ledger.messageIn', { name })
      : t(`ledger.${push.kind}`)
  return (
    <li className="item">
      <Icon className="i l text-ink-3" />
      <span className="col fill">
        <span className="cut font-medium" dir="auto">
          {title}
        </span>
        <span className="text-xs text-ink-3">
          {[push.device, push.service, whenWithin(t, push.queuedAt, now)].filter(Boolean).join(' · ')}
        </span>
        {push.reason ? <span className="text-xs text-ink-2">{reasonOf(push)}</span> : null}
      </span>
      <span className={look}>{t(word)}</span>
    </li>
  )

  function reasonOf({ reason, status, attempts, state, at }: Push): string {
    return [
      reason && t(reasonWords[reason]),
      codes && status !== null && t('ledger.code', { status: String(status) }),
      attempts > 1 && t('ledger.attempts', { count: attempts }),
      state === 'queued' && t('ledger.nextTry', { when: whenWithin(t, at, now) }),
    ]
      .filter(Boolean)
      .join(' ')
  }
}
