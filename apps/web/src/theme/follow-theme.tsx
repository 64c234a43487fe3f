'use client'

import { useTheme } from './use-theme.ts'

/** Keeps the page in the theme that is chosen, or in the system's, for as long as it is open. */
export function FollowTheme() {
  useTheme()
  return null
}
