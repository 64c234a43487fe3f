import { isAllowed } from '@parley/contracts/communication/rules'
import { useCommunication, useMe } from '@parley/react/hooks'
import { useText } from '../text/use-text.ts'

/** Says why the organisation does not let one create groups; null where it does. */
export function useWhyNoGroup(): string | null {
  const t = useText()
  const { groupCreation } = useCommunication()
  const me = useMe()
  if (!me || isAllowed(groupCreation, me.role)) return null
  return t(groupCreation === 'admins' ? 'rules.groupsAdmins' : 'rules.groupsManagers')
}
