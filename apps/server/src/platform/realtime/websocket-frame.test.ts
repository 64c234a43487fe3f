import { describe, expect, it } from 'vitest'
import { websocketFrame } from './websocket-frame.ts'

describe('a WebSocket frame', () => {
  it.each([
    [0, [0x81, 0]],
    [125, [0x81, 125]],
    [126, [0x81, 126, 0, 126]],
    [65_535, [0x81, 126, 0xff, 0xff]],
    [65_536, [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]],
  ])('of %i bytes states its length as RFC 6455 says', (length, head) => {
    const frame = websocketFrame('x'.repeat(length))
    expect([...frame.subarray(0, head.length)]).toEqual(head)
    expect(frame.length).toBe(head.length + length)
  })
  it('counts bytes, not letters', () => {
    const frame = websocketFrame('Grüße ✈')
    expect(frame[1]).toBe(11)
    expect(frame.subarray(2).toString()).toBe('Grüße ✈')
  })
})
