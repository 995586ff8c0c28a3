/** A short sound, made here: two soft tones, a fourth apart. */

/** Hertz. */
const TONES = [660, 880] as const
const TONE_SECONDS = 0.16
/** Quiet: it comes unasked. */
const LOUDNESS = 0.06

export const chime = (): void => {
  const context = new AudioContext()
  const begin = context.currentTime + 0.02
  const last = TONES.map((hertz, index) => tone(context, hertz, begin + index * TONE_SECONDS * 0.75)).at(-1)
  last?.addEventListener('ended', () => void context.close())
}

const tone = (context: AudioContext, hertz: number, at: number): OscillatorNode => {
  const oscillator = context.createOscillator()
  const loudness = context.createGain()
  oscillator.frequency.value = hertz
  loudness.gain.setValueAtTime(0, at)
  loudness.gain.linearRampToValueAtTime(LOUDNESS, at + 0.015)
  loudness.gain.exponentialRampToValueAtTime(0.0001, at + TONE_SECONDS)
  oscillator.connect(loudness).connect(context.destination)
  oscillator.start(at)
  oscillator.stop(at + TONE_SECONDS)
  return oscillator
}
