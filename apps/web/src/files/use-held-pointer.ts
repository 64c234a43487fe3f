import { useEffect, useEffectEvent, useState } from 'react'

/** A finger that lies on a button. */
export interface Hold {
  readonly pointerId: number
  readonly x: number
  readonly y: number
}

interface HeldActs {
  onCancel: () => void
  onLock: () => void
  onLetGo: () => void
}

/** So far along the line cancels, and so far up goes on without holding. */
const CANCEL_AT = 96
const LOCK_AT = 72

/** Follows a finger from where it pressed until it lets go, slides away or slides up. */
export function useHeldPointer(hold: Hold | null, acts: HeldActs): { along: number } {
  const [along, setAlong] = useState(0)
  const moved = useEffectEvent((event: PointerEvent) => {
    if (!hold || event.pointerId !== hold.pointerId) return
    const rtl = document.documentElement.dir === 'rtl'
    const away = rtl ? event.clientX - hold.x : hold.x - event.clientX
    if (hold.y - event.clientY > LOCK_AT) acts.onLock()
    else if (away > CANCEL_AT) acts.onCancel()
    else setAlong(rtl ? Math.max(0, away) : -Math.max(0, away))
  })
  const ended = useEffectEvent((event: PointerEvent) => {
    if (event.pointerId === hold?.pointerId) acts.onLetGo()
  })
  const broken = useEffectEvent((event: PointerEvent) => {
    if (event.pointerId === hold?.pointerId) acts.onLock()
  })
  const isHeld = hold !== null
  useEffect(() => {
    if (!isHeld) return
    const onMove = (event: PointerEvent) => moved(event)
    const onUp = (event: PointerEvent) => ended(event)
    // the browser took the finger for scrolling: the recording goes on
    const onBreak = (event: PointerEvent) => broken(event)
    addEventListener('pointermove', onMove)
    addEventListener('pointerup', onUp)
    addEventListener('pointercancel', onBreak)
    return () => {
      removeEventListener('pointermove', onMove)
      removeEventListener('pointerup', onUp)
      removeEventListener('pointercancel', onBreak)
    }
  }, [isHeld])
  return { along: isHeld ? along : 0 }
}
