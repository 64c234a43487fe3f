import { useSyncExternalStore } from 'react'

const looking = () => document.visibilityState === 'visible' && document.hasFocus()

function watch(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener)
  addEventListener('focus', listener)
  addEventListener('blur', listener)
  return () => {
    document.removeEventListener('visibilitychange', listener)
    removeEventListener('focus', listener)
    removeEventListener('blur', listener)
  }
}

/** Whether the person can be taken to see what is on the screen: this tab shows and has the focus. */
export const useAttention = (): boolean => useSyncExternalStore(watch, looking, () => false)
