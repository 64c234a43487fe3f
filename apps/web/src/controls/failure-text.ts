import { CallFailed } from '@parley/client/call-failed'
import { useCallback } from 'react'
import { useText } from '../text/use-text.ts'

/** What to tell the person about a failure: the server's sentence where there is one. */
export function useFailureText(): (error: unknown) => string {
  const t = useText()
  return useCallback(
    (error: unknown) => {
      if (!(error instanceof CallFailed)) return t('failures.unexpected')
      if (error.code === 'unreachable') return t('failures.unreachable')
      if (error.retryAfter !== null && error.retryAfter >= 1) {
        return t('failures.retryIn', { message: error.message, seconds: Math.ceil(error.retryAfter) })
      }
      return error.message
    },
    [t],
  )
}
