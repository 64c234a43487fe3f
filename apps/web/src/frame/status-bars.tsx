'use client'

import { useConnection, useStorage, useWaiting } from '@parley/react/hooks'
import { CloudOff, LoaderCircle, RefreshCw, WifiOff, X } from 'lucide-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { Button } from '../controls/button.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { useText } from '../text/use-text.ts'
import { useUpdate } from './use-update.ts'

/** What holds for a moment only is not worth a bar: the value, once it has lasted. */
function useLasting<T>(value: T, milliseconds: number): T | null {
  const [lasting, setLasting] = useState<T | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => setLasting(value), milliseconds)
    return () => clearTimeout(timer)
  }, [value, milliseconds])
  return lasting === value ? lasting : null
}

function watchNetwork(listener: () => void): () => void {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}

/** False as soon as the device itself knows that it has no network: nothing has to be tried to find that out. */
const useOnline = () =>
  useSyncExternalStore(
    watchNetwork,
    () => navigator.onLine,
    () => true,
  )

/** One bar at a time above everything, the most pressing first. */
export function StatusBars() {
  const t = useText()
  const connection = useConnection()
  const waiting = useWaiting()
  const forgetful = useStorage() === 'memory'
  const update = useUpdate()
  const [hidden, setHidden] = useState(false)
  const cut = !useOnline()
  const unreached = useLasting(connection, 900) === 'offline'
  const offline = cut || unreached
  const slow = useLasting(connection === 'connecting' || connection === 'catching-up', 5_000) === true

  if (connection === 'too-old') {
    return (
      <div className="offline" role="alert">
        <RefreshCw className="i" />
        <span>{t('status.tooOld')}</span>
        <Button size="small" onClick={update.reload}>
          {t('acts.reload')}
        </Button>
      </div>
    )
  }
  return (
    <div role="status">
      {offline ? (
        <div className="offline">
          <WifiOff className="i" />
          <span>{t('status.offline', { count: waiting })}</span>
        </div>
      ) : update.ready ? (
        <div className="offline calm">
          <RefreshCw className="i" />
          <span>{t('status.update')}</span>
          <Button size="small" onClick={update.reload}>
            {t('status.updateNow')}
          </Button>
        </div>
      ) : slow ? (
        <div className="offline calm">
          <LoaderCircle className="i" />
          <span>{t('status.connecting')}</span>
        </div>
      ) : forgetful && !hidden ? (
        <div className="offline">
          <CloudOff className="i" />
          <span>{t('status.memory')}</span>
          <IconButton icon={X} size="small" label={t('acts.dismiss')} onClick={() => setHidden(true)} />
        </div>
      ) : null}
    </div>
  )
}
