import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { recordVoice } from './record-voice.ts'

/** What a browser has and Node has not: a microphone, and what listens to it. */
class FakeRecorder extends EventTarget {
  static isTypeSupported = () => true
  state = 'inactive'
  readonly mimeType = 'audio/webm;codecs=opus'
  start() {
    this.state = 'recording'
  }
  stop() {
    this.state = 'inactive'
    this.dispatchEvent(Object.assign(new Event('dataavailable'), { data: new Blob(['spoken']) }))
    this.dispatchEvent(new Event('stop'))
  }
}

let microphone: { isOn: boolean; stop: () => void }
let meter: { isOpen: boolean }

beforeEach(() => {
  microphone = { isOn: true, stop: () => (microphone.isOn = false) }
  meter = { isOpen: true }
  vi.stubGlobal('navigator', {
    mediaDevices: { getUserMedia: async () => ({ getTracks: () => [microphone] }) },
  })
  vi.stubGlobal('MediaRecorder', FakeRecorder)
  vi.stubGlobal(
    'AudioContext',
    class {
      createAnalyser = () => ({ fftSize: 1024, getByteTimeDomainData: () => undefined })
      createMediaStreamSource = () => ({ connect: () => undefined })
      close = async () => void (meter.isOpen = false)
    },
  )
})

afterEach(() => vi.unstubAllGlobals())

test('what is given up leaves no microphone on, whether it still ran or not', async () => {
  const recording = await recordVoice()
  expect([microphone.isOn, meter.isOpen]).toEqual([true, true])
  recording.discard()
  expect([microphone.isOn, meter.isOpen]).toEqual([false, false])
  recording.discard()
})

test('what is spoken to its end leaves no microphone on, and is all there', async () => {
  const recording = await recordVoice()
  const { blob, waveform } = await recording.stop()
  expect(await blob.text()).toBe('spoken')
  expect([blob.type, microphone.isOn, meter.isOpen]).toEqual(['audio/webm', false, false])
  expect(atob(waveform).length).toBeGreaterThan(0)
})
