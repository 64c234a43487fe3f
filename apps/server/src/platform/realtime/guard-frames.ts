import type { ParleyServer } from './socket-types.ts'

/** Beyond this no honest client goes; what is refused by name (`rate_limited`) ends far below. */
const FRAMES_PER_SECOND = 5_000

/**
 * Closes connections whose raw frames no client of ours sends: binary ones, a second CONNECT, or thousands a second. It sits
 * below Socket.IO, which would hold binary parts in memory and make a socket of every CONNECT (A6).
 */
export function guardFrames(io: ParleyServer, onCutOff: () => void): void {
  io.engine.on('connection', (raw: RawConnection) => {
    let second = 0
    let frames = 0
    let connects = 0
    raw.on('data', (data: unknown) => {
      const now = Math.floor(performance.now() / 1000)
      if (now !== second) {
        second = now
        frames = 0
      }
      frames += 1
      if (typeof data === 'string' && data.startsWith(CONNECT)) connects += 1
      if (typeof data === 'string' && connects <= 1 && frames <= FRAMES_PER_SECOND) return
      onCutOff()
      raw.close(true)
    })
  })
}

const CONNECT = '0'

interface RawConnection {
  on(event: 'data', listener: (data: unknown) => void): void
  close(discard: boolean): void
}
