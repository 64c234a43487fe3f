import type { Delivery } from '@parley/client/client-api'
import { useText } from '../text/use-text.ts'

const shapes = {
  clock: { className: 'tick clock', viewBox: '0 0 12 12', path: 'M6 3.4V6l1.7 1.2' },
  one: { className: 'tick one', viewBox: '0 0 13 12', path: 'M1.5 6.6 5 10 11.5 2' },
  two: { className: 'tick two', viewBox: '0 0 17 12', path: 'M1 6.6 4.4 10 10.8 2m-2.5 7.6.4.4L15.4 2' },
  seen: {
    className: 'tick two seen',
    viewBox: '0 0 17 12',
    path: 'M1 6.6 4.4 10 10.8 2m-2.5 7.6.4.4L15.4 2',
  },
  fail: { className: 'tick fail', viewBox: '0 0 14 14', path: 'M7 4.2v3.2M7 9.8v.1' },
} as const

const shapeOf = {
  queued: shapes.clock,
  sending: shapes.clock,
  sent: shapes.one,
  delivered: shapes.two,
  seen: shapes.seen,
  failed: shapes.fail,
} as const

export type OwnDelivery = Exclude<Delivery, 'received'>

/** How far an own message has come. Seen differs from delivered in weight as well as in colour. */
export function Ticks({ delivery }: { delivery: OwnDelivery }) {
  const t = useText()
  const shape = shapeOf[delivery]
  return (
    <svg className={shape.className} viewBox={shape.viewBox} role="img" aria-label={t(`ticks.${delivery}`)}>
      {shape === shapes.clock ? <circle cx="6" cy="6" r="4.9" /> : null}
      {shape === shapes.fail ? <circle cx="7" cy="7" r="5.9" /> : null}
      <path d={shape.path} />
    </svg>
  )
}
