'use client'

import { useMe } from '@parley/react/hooks'
import { LogOut, Settings } from 'lucide-react'
import { Menu, MenuItem, MenuLabel, MenuLine, MenuRadio } from '../controls/menu.tsx'
import { useSignOut } from '../sessions/use-sign-out.tsx'
import { useText } from '../text/use-text.ts'
import { chooseTheme } from '../theme/theme.ts'
import { useThemeOptions } from '../theme/use-theme-options.ts'
import { useTheme } from '../theme/use-theme.ts'
import { useGo } from './navigation.ts'
import { OwnButton } from './own-button.tsx'

/** The own picture with its menu, open: it is asked for only when somebody wishes for it. */
export function OwnMenu() {
  const t = useText()
  const me = useMe()
  const theme = useTheme()
  const themes = useThemeOptions()
  const go = useGo()
  const { signOut, dialog } = useSignOut()
  return (
    <>
      <Menu openAtOnce side="right" align="end" trigger={<OwnButton />}>
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
