'use client'

import {
  Bell,
  EyeOff,
  KeyRound,
  LogOut,
  MonitorSmartphone,
  Palette,
  UserRound,
  type LucideIcon,
} from 'lucide-react'
import { useMe } from '@parley/react/hooks'
import type { ComponentType } from 'react'
import { useIsPhone } from '../controls/use-media.ts'
import { isPlainClick, useGo, useQuery } from '../frame/navigation.ts'
import { SubnavPage } from '../frame/subnav-page.tsx'
import { usePageTitle } from '../frame/use-page-title.ts'
import { Avatar } from '../members/avatar.tsx'
import { ProfileSection } from '../members/profile-section.tsx'
import { PasswordSection } from '../members/password-section.tsx'
import { NotificationsSection } from '../notifications/notifications-section.tsx'
import { PrivacySection } from '../presence/privacy-section.tsx'
import { usePresenceText } from '../presence/use-presence-text.ts'
import { SessionsSection } from '../sessions/sessions-section.tsx'
import { useSignOut } from '../sessions/use-sign-out.tsx'
import { useText } from '../text/use-text.ts'
import { AppearanceSection } from '../theme/appearance-section.tsx'
import '../text/words/people.ts'

type SectionName = 'profile' | 'notifications' | 'privacy' | 'password' | 'sessions' | 'appearance'
const sections: readonly {
  readonly name: SectionName
  readonly icon: LucideIcon
  readonly body: ComponentType
}[] = [
  { name: 'profile', icon: UserRound, body: ProfileSection },
  { name: 'notifications', icon: Bell, body: NotificationsSection },
  { name: 'privacy', icon: EyeOff, body: PrivacySection },
  { name: 'password', icon: KeyRound, body: PasswordSection },
  { name: 'sessions', icon: MonitorSmartphone, body: SessionsSection },
  { name: 'appearance', icon: Palette, body: AppearanceSection },
]

/** Who one is here, on a phone: there is no rail with the own picture. */
function OwnHead() {
  const me = useMe()
  const presence = usePresenceText(me)
  if (!me) return null
  return (
    <div className="own-head">
      <Avatar member={me} size="l" />
      <span className="col fill">
        <span className="cut text-lg font-semibold" dir="auto">
          {me.name}
        </span>
        <span className="cut text-sm text-ink-3" dir="auto">
          {me.statusText || presence}
        </span>
      </span>
    </div>
  )
}

export function SettingsPage() {
  const t = useText()
  const go = useGo()
  const asked = useQuery().get('s')
  const isPhone = useIsPhone()
  const { signOut, dialog } = useSignOut()
  const shown = sections.find(({ name }) => name === asked) ?? sections[0]
  usePageTitle(t('settings.title'))
  if (!shown) return null
  const Body = shown.body
  return (
    <SubnavPage
      title={t('settings.title')}
      label={t('settings.sections')}
      page={t(`settings.${shown.name}`)}
      head={<OwnHead />}
      list={{ address: '/settings', open: asked === null }}
      links={
        <>
          {sections.map(({ name, icon: Icon }) => (
            <a
              key={name}
              href={`/settings?s=${name}`}
              aria-current={shown.name === name && !(isPhone && asked === null) ? 'page' : undefined}
              onClick={(event) => {
                if (!isPlainClick(event)) return
                event.preventDefault()
                go(`/settings?s=${name}`)
              }}
            >
              <Icon className="i" />
              {t(`settings.${name}`)}
            </a>
          ))}
          <button type="button" onClick={signOut}>
            <LogOut className="i" />
            {t('settings.signOut')}
          </button>
        </>
      }
    >
      <Body />
      {dialog}
    </SubnavPage>
  )
}
