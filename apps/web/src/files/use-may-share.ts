import { isAllowed } from '@parley/contracts/communication/rules'
import { useCommunication, useMe } from '@parley/react/hooks'

/** Whether the organisation lets this member send files. */
export function useMayShare(): boolean {
  const { fileSharing } = useCommunication()
  const me = useMe()
  return me !== null && isAllowed(fileSharing, me.role)
}
