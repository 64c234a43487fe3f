import { useRef, type PointerEvent } from 'react'

const HELD_AFTER = 450
const STILL_WITHIN = 10

/**
 * Holding a finger still on something, as a right click does with a mouse.
 * @param anywhere also on links and buttons in it
 * @returns what the element listens with
 */
export function useHold(onHold: () => void, anywhere = false) {
  const held = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null)
  const end = () => {
    if (held.current) clearTimeout(held.current.timer)
    held.current = null
  }
  return {
    onPointerDown: ({ pointerType, clientX: x, clientY: y, target }: PointerEvent) => {
      end()
      const onControl = !anywhere && target instanceof Element && target.closest('a, button, [role="menu"]')
      if (pointerType !== 'touch' || onControl) return
      const timer = setTimeout(() => {
        held.current = null
        if ('vibrate' in navigator) navigator.vibrate(10)
        ignoreRelease()
        onHold()
      }, HELD_AFTER)
      held.current = { timer, x, y }
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      if (!held.current) return
      const { x, y } = held.current
      if (Math.hypot(clientX - x, clientY - y) > STILL_WITHIN) end()
    },
    onPointerUp: end,
    onPointerCancel: end,
  }
}

/** Lifting that finger is no press: some browsers would make it one, which closes what holding has opened. */
function ignoreRelease(): void {
  const end = (event: TouchEvent) => {
    removeEventListener('touchend', end, true)
    removeEventListener('touchcancel', end, true)
    if (event.cancelable) event.preventDefault()
  }
  addEventListener('touchend', end, { capture: true, passive: false })
  addEventListener('touchcancel', end, true)
}
