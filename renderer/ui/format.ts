/** Times of day as people read them, in their own time zone. Pure: the clock comes in. */

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

/** The end of a path, which tells more than its beginning: `~/code/uploader` or `…/code/uploader`. */
export const shortPath = (path: string): string => {
  const parts = path.split(/[\\/]/).filter(Boolean)
  return parts.length <= 2 ? path : `…/${parts.slice(-2).join('/')}`
}
