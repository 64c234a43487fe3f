/** Two soft notes, made here: nothing to load, nobody's property. */
const NOTES = [
  { at: 0, frequency: 587.33 },
  { at: 0.11, frequency: 880 },
] as const
const LOUDNESS = 0.07
const LASTS = 0.5
/** What arrives within this is heard once, in ms. */
const REST = 1_500

let context: AudioContext | null = null
let heardAt = -Infinity

/** Makes itself heard; browsers allow it once the person has done something on the page, and until then it stays silent. */
export async function chime(): Promise<void> {
  const now = performance.now()
  if (now - heardAt < REST || typeof AudioContext === 'undefined') return
  heardAt = now
  context ??= new AudioContext()
  const { userActivation } = navigator as Partial<Navigator>
  if (context.state === 'suspended' && userActivation && !userActivation.hasBeenActive) return
  // a context that sounded long ago may have been put to sleep
  if (context.state !== 'running') await context.resume().catch(() => undefined)
  if (context.state !== 'running') return
  for (const { at, frequency } of NOTES) sound(context, context.currentTime + at, frequency)
}

function sound(audio: AudioContext, at: number, frequency: number): void {
  const tone = audio.createOscillator()
  const loudness = audio.createGain()
  tone.type = 'sine'
  tone.frequency.value = frequency
  loudness.gain.setValueAtTime(0, at)
  loudness.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02)
  loudness.gain.exponentialRampToValueAtTime(0.0001, at + LASTS)
  tone.connect(loudness).connect(audio.destination)
  tone.start(at)
  tone.stop(at + LASTS)
}
