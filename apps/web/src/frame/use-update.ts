import { useEffect, useState } from 'react'

/**
 * Registers the service worker and says when a newer one waits. It takes over only when the person asks for it, so that
 * nothing changes under their hands; drafts and queued messages live in the local store and outlast the reload.
 */
export function useUpdate(): { ready: boolean; reload: () => void } {
  const [waiting, setWaiting] = useState<ServiceWorker | null>(null)

  useEffect(() => {
    if (process.env.NODE_ENV !== 'production' || !('serviceWorker' in navigator)) return
    let ended = false
    const look = (registration: ServiceWorkerRegistration) => {
      const installing = registration.installing
      installing?.addEventListener('statechange', () => {
        // With no controller this is the first installation: nothing is out of date.
        if (!ended && installing.state === 'installed' && navigator.serviceWorker.controller)
          setWaiting(installing)
      })
    }
    const register = async () => {
      const registration = await navigator.serviceWorker.register('/sw.js', {
        scope: '/',
        updateViaCache: 'none',
      })
      if (ended) return
      if (registration.waiting && navigator.serviceWorker.controller) setWaiting(registration.waiting)
      look(registration)
      registration.addEventListener('updatefound', () => look(registration))
    }
    // Browsers refuse service workers in private windows and on plain HTTP: Parley then works online only.
    register().catch(() => undefined)
    return () => {
      ended = true
    }
  }, [])

  return { ready: waiting !== null, reload: () => takeOver(waiting) }
}

function takeOver(waiting: ServiceWorker | null): void {
  // Another tab may have let it take over already: nothing is left to wait for.
  if (waiting?.state !== 'installed') {
    location.reload()
    return
  }
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waiting.postMessage({ type: 'SKIP_WAITING' })
}
