'use client'

import { useConnection, useMe } from '@parley/react/hooks'
import { LogOut, Settings } from 'lucide-react'
import { Menu, MenuItem, MenuLabel, MenuLine, MenuRadio } from '../controls/menu.tsx'
import { useSignOut } from '../sessions/use-sign-out.tsx'
import { useText } from '../text/use-text.ts'
import { chooseTheme } from '../theme/theme.ts'
import { useThemeOptions } from '../theme/use-theme-options.ts'
import { useTheme } from '../theme/use-theme.ts'
import { useGo } from './navigation.ts'
import { OwnButton } from './own-button.tsx'

/** The own picture at the foot of the rail, with what concerns only oneself. */
export function OwnMenu() {
  const t = useText()
  const me = useMe()
  const live = useConnection() === 'live'
  const theme = useTheme()
  const themes = useThemeOptions()
  const go = useGo()
  const { signOut, dialog } = useSignOut()
  const presence = live ? t('presence.online') : t('presence.offline')
  return (
    <>
      <Menu
        side="right"
        align="end"
        trigger={<OwnButton label={t('nav.ownMenu', { name: me?.name ?? '', presence })} live={live} />}
      >
        <MenuLabel>
          <bdi>{me?.name}</bdi>
        </MenuLabel>
        <MenuItem icon={Settings} onSelect={() => go('/settings')}>
          {t('menu.settings')}
        </MenuItem>
        <MenuLine />
        <MenuLabel>{t('menu.theme')}</MenuLabel>
        <MenuRadio value={theme} options={themes} onChange={chooseTheme} />
        <MenuLine />
        <MenuItem icon={LogOut} onSelect={signOut}>
          {t('menu.signOut')}
        </MenuItem>
      </Menu>
      {dialog}
    </>
  )
}
