/** Numbers and lengths of time as people read them. */
import { millisOf } from '../time'

/** `0:41`, `4:12`, `1:02:09` for a span between two ISO times; negative spans (clocks jump) read as zero. */
export const clock = (fromIso: string, toIso: string): string => clockMs(millisOf(toIso) - millisOf(fromIso))

export const clockMs = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  return minutes < 60
    ? `${minutes}:${two(seconds % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`
}

/** `41s`, `4m 12s`, `1h 02m`: for a reader, not a ticking clock. */
export const span = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds}s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}m ${String(seconds % 60).padStart(2, '0')}s`
  return `${Math.floor(minutes / 60)}h ${String(minutes % 60).padStart(2, '0')}m`
}

/** `41s`, `4m`, `1h 02m`: for what ticks while nothing happens, since each change of a text is a frame to paint. */
export const roughly = (ms: number): string => {
  const minutes = Math.floor(Math.round(ms / 1000) / 60)
  return minutes < 1 || minutes >= 60 ? span(ms) : `${minutes}m`
}

/** `930`, `8.4k`, `61k`, `1.2M`. */
export const count = (value: number): string => {
  if (value < 1_000) return String(value)
  if (value < 9_950) return `${(value / 1_000).toFixed(1)}k`
  if (value < 999_500) return `${Math.round(value / 1_000)}k`
  return `${(value / 1_000_000).toFixed(1)}M`
}

export const tokens = (value: number): string => `${count(value)} tok`

export const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

/** `$0.04`, `$12.30`, `under 1¢`. */
export const money = (usd: number): string => (usd > 0 && usd < 0.01 ? 'under 1¢' : `$${usd.toFixed(2)}`)
