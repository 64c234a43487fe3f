import '../text/words/message-menu.ts'
import { isWithinWindow } from '@parley/contracts/communication/rules'
import { useCommunication } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { useText, type Text } from '../text/use-text.ts'
import { useNow } from '../time/use-now.ts'

/** In seconds, the longest first. */
const units = [
  { name: 'editingDays', length: 24 * 60 * 60 },
  { name: 'editingHours', length: 60 * 60 },
  { name: 'editingMinutes', length: 60 },
] as const

/** Why what was sent then cannot be edited any more, in a sentence; null where it can. */
export function useTooLateToEdit(sentAt: number): string | null {
  const t = useText()
  const { editWindow } = useCommunication()
  const client = useClient()
  // looked at again every minute
  useNow()
  if (editWindow === null || isWithinWindow(editWindow, sentAt, client.now())) return null
  return sentence(t, editWindow)
}

function sentence(t: Text, seconds: number): string {
  if (seconds === 0) return t('messageMenu.noEditing')
  const unit = units.find(({ length }) => seconds % length === 0) ?? units[2]
  return t(`messageMenu.${unit.name}`, { count: Math.floor(seconds / unit.length) })
}
