import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { recordVoice } from './record-voice.ts'

/** What a browser has and Node has not: a microphone, and what listens to it. */
class FakeRecorder extends EventTarget {
  static isTypeSupported = () => true
  static latest: FakeRecorder
  state = 'inactive'
  readonly mimeType = 'audio/webm;codecs=opus'
  start() {
    FakeRecorder.latest = this
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
let timesClosed: number

beforeEach(() => {
  microphone = { isOn: true, stop: () => (microphone.isOn = false) }
  meter = { isOpen: true }
  timesClosed = 0
  vi.stubGlobal('navigator', {
    mediaDevices: { getUserMedia: async () => ({ getTracks: () => [microphone] }) },
  })
  vi.stubGlobal('MediaRecorder', FakeRecorder)
  vi.stubGlobal(
    'AudioContext',
    class {
      createAnalyser = () => ({ fftSize: 1024, getByteTimeDomainData: () => undefined })
      createMediaStreamSource = () => ({ connect: () => undefined })
      close = async () => {
        meter.isOpen = false
        timesClosed += 1
      }
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
  // browsers refuse to close what is closed
  expect(timesClosed).toBe(1)
})

test('what is spoken to its end leaves no microphone on, and is all there', async () => {
  const recording = await recordVoice()
  const { blob, waveform } = await recording.stop()
  expect(await blob.text()).toBe('spoken')
  expect([blob.type, microphone.isOn, meter.isOpen]).toEqual(['audio/webm', false, false])
  expect(atob(waveform).length).toBeGreaterThan(0)
})

test('a microphone that is unplugged ends the recording, and what was spoken until then can be sent', async () => {
  const recording = await recordVoice()
  FakeRecorder.latest.stop()
  expect([microphone.isOn, meter.isOpen]).toEqual([false, false])
  const lasted = recording.elapsed()
  const { blob, duration } = await recording.stop()
  expect([await blob.text(), duration]).toEqual(['spoken', Math.round(lasted)])
})
