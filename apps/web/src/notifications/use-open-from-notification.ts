import { useEffect } from 'react'
import { useGo } from '../frame/navigation.ts'

/** What the service worker asks of a page when a notification is clicked; it waits for the answer. */
export interface OpenWish {
  readonly type: 'open'
  /** An address of the desk, such as a message's. */
  readonly address: string
}

/** Whoever clicks a notification comes to its message, in the tab that was open already. */
export function useOpenFromNotification(): void {
  const go = useGo()
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return
    const hear = ({ data, ports }: MessageEvent<Partial<OpenWish> | null>) => {
      if (data?.type !== 'open' || !data.address?.startsWith('/')) return
      ports[0]?.postMessage('opened')
      go(data.address)
    }
    navigator.serviceWorker.addEventListener('message', hear)
    return () => navigator.serviceWorker.removeEventListener('message', hear)
  }, [go])
}
