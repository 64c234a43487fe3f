import { useEffect } from 'react'
import { fetchParts } from './lazy-part.tsx'

/** By then the page is there and can be used. */
const AFTER = 2_000

/**
 * On a first visit, and where there is no service worker, nothing is kept on the device yet: menus, dialogs and panels are fetched soon
 * after the page, so that they open also when the network is lost.
 */
export function usePartsAhead(): void {
  useEffect(() => {
    if (process.env.NODE_ENV !== 'production') return
    if ('serviceWorker' in navigator && navigator.serviceWorker.controller) return
    const timer = setTimeout(() => void fetchParts(), AFTER)
    return () => clearTimeout(timer)
  }, [])
}
