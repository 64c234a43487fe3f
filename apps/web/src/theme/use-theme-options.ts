import { Monitor, Moon, Sun } from 'lucide-react'
import { useText } from '../text/use-text.ts'

export function useThemeOptions() {
  const t = useText()
  return [
    { value: 'system', text: t('menu.themeSystem'), icon: Monitor },
    { value: 'light', text: t('menu.themeLight'), icon: Sun },
    { value: 'dark', text: t('menu.themeDark'), icon: Moon },
  ] as const
}
