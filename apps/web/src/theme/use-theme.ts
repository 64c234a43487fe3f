import { useSyncExternalStore } from 'react'
import { currentTheme, watchTheme, type Theme } from './theme.ts'

export const useTheme = (): Theme => useSyncExternalStore(watchTheme, currentTheme, () => 'system')
