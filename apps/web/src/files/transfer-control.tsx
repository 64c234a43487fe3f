'use client'

import type { MessageView } from '@parley/client/client-api'
import { useTransfer } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { ArrowUp, Pause, X } from 'lucide-react'
import { useToasts } from '../controls/toasts.tsx'
import { useText } from '../text/use-text.ts'

const RADIUS = 16
const ROUND = 2 * Math.PI * RADIUS

/** How far the files of a waiting message have got: a ring that pauses and goes on, and the way to give it up. */
export function TransferControl({ message }: { message: MessageView }) {
  const t = useText()
  const client = useClient()
  const { warn } = useToasts()
  const transfer = useTransfer(message.conversationId, message.id)
  if (!transfer || message.delivery === 'failed') return null
  const { state, sent, size } = transfer
  const part = size === 0 ? 1 : sent / size
  const paused = state === 'paused'
  const says =
    state === 'sending'
      ? t('files.progress', { percent: new Intl.NumberFormat(undefined, { style: 'percent' }).format(part) })
      : paused
        ? t('files.paused')
        : t('files.waits')
  const Icon = paused ? ArrowUp : Pause
  const act = paused ? t('files.goOn') : t('files.hold')
  return (
    <div className="transfer">
      <button
        type="button"
        className="ring"
        aria-label={act}
        data-tip={act}
        onClick={() => void client.pauseFiles(message.id, !paused).catch(warn)}
      >
        <svg viewBox="0 0 36 36" aria-hidden="true">
          <circle className="way" cx="18" cy="18" r={RADIUS} />
          <circle
            className={state === 'waiting' ? 'done turning' : 'done'}
            cx="18"
            cy="18"
            r={RADIUS}
            strokeDasharray={ROUND}
            strokeDashoffset={ROUND * (1 - (state === 'waiting' ? 0.18 : Math.max(0.02, part)))}
          />
        </svg>
        <Icon className="i" />
      </button>
      <span className="sr-only" role="status">
        {says}
      </span>
      <button
        type="button"
        className="give-up"
        aria-label={t('files.cancel')}
        data-tip={t('files.cancel')}
        onClick={() => void client.discard(message.id).catch(warn)}
      >
        <X className="i m" />
      </button>
    </div>
  )
}
