const FINAL_TEXT = 0x81
/** Up to here the length fits beside the flags, up to the next one in two bytes, beyond it in eight (RFC 6455, 5.2). */
const IN_SEVEN_BITS = 125
const IN_SIXTEEN_BITS = 65_535

/** A text as one WebSocket frame in one buffer, so that it goes out in one write to however many connections. */
export function websocketFrame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const start = length <= IN_SEVEN_BITS ? 2 : length <= IN_SIXTEEN_BITS ? 4 : 10
  const frame = Buffer.allocUnsafe(start + length)
  frame[0] = FINAL_TEXT
  if (start === 2) frame[1] = length
  else if (start === 4) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.write(text, start)
  return frame
}
