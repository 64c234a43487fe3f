import { useSyncExternalStore } from 'react'

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    () => matchMedia(query).matches,
    () => false,
  )
}

/** Below 768 px there is one pane at a time. */
export const useIsPhone = () => useMedia('(width < 48rem)')
/** A finger types here: Enter breaks the line, and nothing takes the focus unasked. */
export const useIsTouch = () => useMedia('(pointer: coarse)')
