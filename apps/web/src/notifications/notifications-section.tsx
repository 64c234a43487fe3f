'use client'

import type { NotificationChoices } from '@parley/contracts/notifications/notification-settings'
import { useCommunication, useConnection, useNotificationChoices } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { useCallback, useState } from 'react'
import { RuleGroup, SwitchRule } from '../communication/rule-row.tsx'
import { useToasts } from '../controls/toasts.tsx'
import { useWishes } from '../controls/use-wishes.ts'
import { useText } from '../text/use-text.ts'
import { ChatMutes } from './chat-mutes.tsx'
import { DeviceCard } from './device-card.tsx'
import { OwnDeliveries } from './own-deliveries.tsx'
import { QuietHoursCard } from './quiet-hours-card.tsx'
import '../text/words/notification.ts'

/** How one is told; a change shows and is kept at once. */
export function NotificationsSection() {
  const t = useText()
  const client = useClient()
  const { warn } = useToasts()
  const hidden = useCommunication().pushContent === 'hidden'
  const disabled = useConnection() === 'offline'
  const [tested, setTested] = useState(0)

  const keep = useCallback(
    (patch: Partial<NotificationChoices>) =>
      client.call('changeNotificationSettings', { body: patch }).then(() => undefined, warn),
    [client, warn],
  )
  const [choices, change] = useWishes(useNotificationChoices(), keep)

  const { sounds, preview, mentionsPassMute } = choices
  return (
    <section className="setting flex flex-col gap-5">
      <p className="lead">{t('notifications.hint')}</p>
      {disabled ? <p className="text-sm text-amber-ink">{t('notifications.offline')}</p> : null}
      <DeviceCard offline={disabled} onTested={() => setTested((before) => before + 1)} />
      <RuleGroup title={t('notifications.ways')}>
        <SwitchRule
          label={t('notifications.sounds')}
          hint={t(sounds ? 'notifications.soundsOn' : 'notifications.soundsOff')}
          on={sounds}
          disabled={disabled}
          onChange={(on) => void change({ sounds: on })}
        />
        <SwitchRule
          label={t('notifications.preview')}
          hint={t(
            hidden
              ? 'notifications.previewHidden'
              : preview
                ? 'notifications.previewOn'
                : 'notifications.previewOff',
          )}
          on={preview && !hidden}
          disabled={disabled || hidden}
          onChange={(on) => void change({ preview: on })}
        />
        <SwitchRule
          label={t('notifications.mentions')}
          hint={t(mentionsPassMute ? 'notifications.mentionsOn' : 'notifications.mentionsOff')}
          on={mentionsPassMute}
          disabled={disabled}
          onChange={(on) => void change({ mentionsPassMute: on })}
        />
      </RuleGroup>
      <QuietHoursCard
        hours={choices.quietHours}
        disabled={disabled}
        onChange={(quietHours) => void change({ quietHours })}
      />
      <ChatMutes />
      <OwnDeliveries tested={tested} />
    </section>
  )
}
