import type { Allowed } from '@parley/contracts/communication/communication'
import { useText } from '../text/use-text.ts'
import '../text/words/communication.ts'

/** Who may do something, as a list says it. */
export function useAllowedOptions(): readonly (readonly [Allowed, string])[] {
  const t = useText()
  return (['everyone', 'managers', 'admins', 'nobody'] as const).map(
    (who) => [who, t(`communicationChoice.${who}`)] as const,
  )
}
