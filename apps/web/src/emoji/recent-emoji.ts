import { recall, remember } from '../theme/theme.ts'

const KEY = 'parley.recent-emoji'
const KEPT = 18

/** Those picked last on this device, the newest first. */
export function recentEmoji(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(recall(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string').slice(0, KEPT) : []
  } catch {
    return []
  }
}

export function rememberEmoji(emoji: string): void {
  const others = recentEmoji().filter((one) => one !== emoji)
  remember(KEY, JSON.stringify([emoji, ...others].slice(0, KEPT)))
}
