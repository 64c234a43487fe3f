import { isAllowed } from '@parley/contracts/communication/rules'
import { useCommunication, useMe } from '@parley/react/hooks'

/** Whether one may create groups; if not, who may. */
export function useMayCreate(): true | 'managers' | 'admins' {
  const { groupCreation } = useCommunication()
  const role = useMe()?.role ?? 'member'
  if (groupCreation === 'everyone' || isAllowed(groupCreation, role)) return true
  return groupCreation
}
