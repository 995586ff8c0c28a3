/** Numbers and times as people read them. Pure: the clock comes in. */

/** `0:41`, `4:12`, `1:02:09` for a span between two ISO times; negative spans (clocks jump) read as zero. */
export const clock = (fromIso: string, toIso: string): string =>
  clockMs(Date.parse(toIso) - Date.parse(fromIso))

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

/** `14:02`, in the reader's time zone. */
export const hour = (iso: string): string =>
  new Date(iso).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** `14:02:11`. */
export const moment = (iso: string): string =>
  new Date(iso).toLocaleTimeString(undefined, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })

/** `Today 14:02`, `Yesterday 09:10`, `12 Nov 14:02`, with the year when it is another one. */
export const day = (iso: string, nowIso: string): string => {
  const then = new Date(iso)
  const now = new Date(nowIso)
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
  const days = Math.round((midnight(now) - midnight(then)) / 86_400_000)
  if (days === 0) return `Today ${hour(iso)}`
  if (days === 1) return `Yesterday ${hour(iso)}`
  const year = then.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const)
  return `${then.toLocaleDateString(undefined, { day: 'numeric', month: 'short', ...year })} ${hour(iso)}`
}

/** `14:02`, on another day `Tue 14:02`, beyond a week `12 Nov 14:02`: a time to come, seen from `fromIso`. */
export const until = (iso: string, fromIso: string): string => {
  const then = new Date(iso)
  const from = new Date(fromIso)
  if (then.toDateString() === from.toDateString()) return hour(iso)
  const soon = then.getTime() - from.getTime() < 6 * 86_400_000
  const date = soon ? ({ weekday: 'short' } as const) : ({ day: 'numeric', month: 'short' } as const)
  return `${then.toLocaleDateString(undefined, date)} ${hour(iso)}`
}

/** `$0.04`, `$12.30`, `under 1¢`. */
export const money = (usd: number): string => (usd > 0 && usd < 0.01 ? 'under 1¢' : `$${usd.toFixed(2)}`)

/** The end of a path, which tells more than its beginning: `~/code/uploader` or `…/code/uploader`. */
export const shortPath = (path: string): string => {
  const parts = path.split(/[\\/]/).filter(Boolean)
  return parts.length <= 2 ? path : `…/${parts.slice(-2).join('/')}`
}
