'use client'

import type { Group } from '@parley/contracts/conversations/conversation'
import { useClient } from '@parley/react/parley-provider'
import { useState } from 'react'
import { SwitchRow } from '../controls/switch-row.tsx'
import { useToasts } from '../controls/toasts.tsx'
import { useText } from '../text/use-text.ts'
import '../text/words/group-pane.ts'

const settings = ['announcementOnly', 'membersMayAdd', 'newcomersSeeHistory'] as const
type Setting = (typeof settings)[number]

interface GroupSettingsProps {
  conversationId: string
  group: Group
  isAdmin: boolean
}

/** What holds in a group: group admins change it, the others read it. */
export function GroupSettings({ conversationId, group, isAdmin }: GroupSettingsProps) {
  const t = useText()
  const client = useClient()
  const { warn } = useToasts()
  /** What was asked for and is not confirmed. */
  const [asked, setAsked] = useState<Partial<Record<Setting, boolean>>>({})

  async function change(name: Setting, on: boolean) {
    setAsked((before) => ({ ...before, [name]: on }))
    try {
      await client.call('changeGroup', { params: { conversationId }, body: { [name]: on } })
    } catch (error) {
      warn(error)
    } finally {
      setAsked(({ [name]: _, ...others }) => others)
    }
  }
  return (
    <section className="sect">
      <header>
        <h3>{t('groupDetails.settings')}</h3>
      </header>
      {isAdmin ? (
        settings.map((name) => {
          const on = asked[name] ?? group[name]
          return (
            <SwitchRow
              key={name}
              label={t(`groupDetails.${name}`)}
              hint={t(`groupDetails.${name}${on ? 'On' : 'Off'}`)}
              on={on}
              onChange={(next) => void change(name, next)}
            />
          )
        })
      ) : (
        <ul className="col gap-2 text-sm text-ink-2">
          {settings.map((name) => (
            <li key={name}>{t(`groupDetails.${name}${group[name] ? 'On' : 'Off'}`)}</li>
          ))}
        </ul>
      )}
    </section>
  )
}
