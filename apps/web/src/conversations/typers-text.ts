import type { Typers } from '@parley/client/conversations/typers'
import { isolated, listed } from '../text/listed.ts'
import type { Text } from '../text/use-text.ts'

/** "Mei", "Mei and Luca", and of a crowd the first: "Mei and 3 others"; with how many they are. */
export function typersText(t: Text, { names, more }: Typers): { names: string; count: number } {
  const count = names.length + more
  const named = (more > 0 ? names.slice(0, 1) : names).map(isolated)
  const others = count - named.length
  return { names: listed(others > 0 ? [...named, t('notices.others', { count: others })] : named), count }
}
