'use client'

import type { ConversationView } from '@parley/client/client-api'
import { useClient } from '@parley/react/parley-provider'
import { Button } from '../controls/button.tsx'
import { usePurgeLine } from './use-purge-line.ts'
import { useText } from '../text/use-text.ts'

/** What stands above the oldest message that is loaded: the beginning, or that there is more. Its height is fixed. */
export function StreamHead({ view, name }: { view: ConversationView; name: string }) {
  const t = useText()
  const client = useClient()
  const oldest = view.messages[0]?.number ?? 1
  const purgeLine = usePurgeLine(view)
  if (view.reachedStart && purgeLine) return <div className="stream-head">{purgeLine}</div>
  if (view.reachedStart && view.conversation.group)
    return (
      <div className="stream-head">
        <bdi>{oldest > 1 ? t('groups.joinedLater') : t('groups.beginning', { name })}</bdi>
      </div>
    )
  if (view.reachedStart)
    return (
      <div className="stream-head">
        <bdi>{t('conversation.beginning', { name })}</bdi>
      </div>
    )
  if (view.loadFailure !== null) {
    return (
      <div className="stream-head">
        <span>
          {t('conversation.olderFailed')}{' '}
          <Button size="small" onClick={() => void client.loadOlder(view.conversation.id)}>
            {t('acts.tryAgain')}
          </Button>
        </span>
      </div>
    )
  }
  return <div className="stream-head">{view.loadingOlder ? t('conversation.loadingOlder') : null}</div>
}
