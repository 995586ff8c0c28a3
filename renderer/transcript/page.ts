/**
 * The script of an HTML transcript: the reader's theme, all rows open, and both terminals played from any handoff. It is
 * built by itself into one file that is written into the page, so it imports nothing but types; it reads nothing but the
 * page, and puts recorded text nowhere but into text nodes.
 */
import type { ScreenFrame, ScreenLine, ScreenPart } from '../../shared/transcript/screens'

type Seat = 'left' | 'right'

interface Place {
  readonly element: Element
  readonly from: number
  readonly until: number
}

const SEATS: readonly Seat[] = ['left', 'right']
const SPEEDS = [1, 2, 4, 8, 16]
/** So much of a time in which nothing happens is played, in milliseconds. */
const IDLE_MS = 2_000
const TICK_MS = 50

const byId = (id: string): HTMLElement | null => document.getElementById(id)
const all = (selector: string): readonly HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>(selector),
]

const unpack = async (element: Element): Promise<ScreenPart> => {
  const bytes = Uint8Array.from(atob((element.textContent ?? '').trim()), char => char.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return JSON.parse(await new Response(stream).text()) as ScreenPart
}

/** A seat's screens: any moment, and when the next one comes. */
const createTrack = (seat: Seat) => {
  const places: readonly Place[] = all(`script[data-seat="${seat}"][data-from]`).map(element => ({
    element,
    from: Number(element.dataset.from),
    until: Number(element.dataset.until),
  }))
  let index = -1
  let part: ScreenPart = { lines: [], frames: [] }
  let at = -1
  let rows: (ScreenLine | undefined)[] = []

  const indexOf = (moment: number): number => {
    let found = 0
    for (const [place, { from }] of places.entries()) if (from <= moment) found = place
    return found
  }
  const apply = (frame: ScreenFrame | undefined): void => {
    if (!frame) return
    const [, , height, changes] = frame
    rows.length = height
    for (let each = 0; each < changes.length; each += 2)
      rows[changes[each] ?? 0] = part.lines[changes[each + 1] ?? 0]
  }
  const load = async (to: number): Promise<void> => {
    if (to === index) return
    const place = places[to]
    if (!place) return
    part = await unpack(place.element)
    index = to
    at = -1
    rows = []
  }
  return {
    first: places[0]?.from ?? Number.POSITIVE_INFINITY,
    last: places.at(-1)?.until ?? 0,
    empty: places.length === 0,
    /** How many columns and rows there are, and the lines; null where nothing was recorded or it was left out. */
    seek: async (moment: number) => {
      if (places.length === 0) return null
      await load(indexOf(moment))
      if ((part.frames[at]?.[0] ?? 0) > moment) {
        at = -1
        rows = []
      }
      for (let next = part.frames[at + 1]; next && next[0] <= moment; next = part.frames[at + 1]) {
        apply(next)
        at += 1
      }
      // Before the first screen there is an empty one, of its size.
      const [, cols = 80, height = 24] = part.frames[Math.max(0, at)] ?? []
      return { cols, height, rows: Array.from({ length: height }, (_, row) => rows[row]) }
    },
    /** Of the next screen, as far as is known; Infinity: there is none. */
    nextAfter: (moment: number): number =>
      part.frames[at + 1]?.[0] ?? places.find(({ from }) => from > moment)?.from ?? Number.POSITIVE_INFINITY,
  }
}

type Track = ReturnType<typeof createTrack>
type Shown = Awaited<ReturnType<Track['seek']>>

const span = (look: number, text: string): Node => {
  if (look === 0) return document.createTextNode(text)
  const element = document.createElement('span')
  element.className = `l${look}`
  element.textContent = text
  return element
}

const paint = (screen: HTMLElement, shown: Shown): void => {
  const nodes: Node[] = []
  for (const line of shown?.rows ?? []) {
    for (let run = 0; run + 1 < (line?.length ?? 0); run += 2)
      nodes.push(span(Number(line?.[run]), String(line?.[run + 1])))
    nodes.push(document.createTextNode('\n'))
  }
  screen.replaceChildren(...nodes)
  size(screen, shown)
}

/** A cell of the font is some 0.6 of its height wide. */
const size = (screen: HTMLElement, shown: Shown): void => {
  if (!shown) return
  const wide = (screen.clientWidth - 18) / (shown.cols * 0.605)
  const high = (screen.clientHeight - 18) / (shown.height * 1.25)
  screen.style.fontSize = `${Math.max(5, Math.min(15, wide, high)).toFixed(2)}px`
}

const sayTime = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1000))
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

const createStage = (stage: HTMLDialogElement): void => {
  const part = <T extends HTMLElement>(name: string): T => {
    const found = stage.querySelector<T>(`[data-part="${name}"]`)
    if (!found) throw new Error(`the page has no ${name}`)
    return found
  }
  const tracks: Record<Seat, Track> = { left: createTrack('left'), right: createTrack('right') }
  const screens: Record<Seat, HTMLElement> = { left: part('left'), right: part('right') }
  const [title, time, slider, play, speed] = [
    part('title'),
    part('time'),
    part<HTMLInputElement>('slider'),
    part<HTMLButtonElement>('play'),
    part<HTMLSelectElement>('speed'),
  ]
  const [previous, next] = [part<HTMLButtonElement>('previous'), part<HTMLButtonElement>('next')]
  const handoffs = all('.play').map(button => ({
    at: Number(button.dataset.moment),
    words: button.dataset.words ?? '',
  }))
  const first = Math.min(tracks.left.first, tracks.right.first, ...handoffs.map(({ at }) => at))
  const last = Math.max(tracks.left.last, tracks.right.last)
  let now = first
  let timer: ReturnType<typeof setInterval> | undefined
  let ticked = 0
  let drawn = now
  let busy = false
  let wanted: number | null = null

  const tell = (): void => {
    const here = handoffs.filter(({ at }) => at <= now).at(-1)
    title.textContent = here
      ? here.at === now
        ? here.words
        : `After: ${here.words}`
      : 'Before the first handoff'
    time.textContent = `${sayTime(now - first)} of ${sayTime(last - first)}`
    slider.value = String(now)
    slider.setAttribute('aria-valuetext', `${time.textContent}, ${title.textContent}`)
    previous.disabled = !handoffs.some(({ at }) => at < now)
    next.disabled = !handoffs.some(({ at }) => at > now)
  }
  /** Of the moments that are chosen while one is drawn, only the last. */
  const show = async (moment: number): Promise<void> => {
    now = moment
    tell()
    wanted = moment
    if (busy) return
    busy = true
    while (wanted !== null) {
      const to: number = wanted
      wanted = null
      for (const seat of SEATS) {
        const shown = await tracks[seat].seek(to)
        if (shown) paint(screens[seat], shown)
      }
      stage.dataset.shown = String(to)
    }
    busy = false
  }
  const stop = (): void => {
    clearInterval(timer)
    timer = undefined
    play.textContent = 'Play'
  }
  const tick = (): void => {
    const passed = (performance.now() - ticked) * Number(speed.value)
    ticked = performance.now()
    if (busy) return
    const upcoming = Math.min(tracks.left.nextAfter(now), tracks.right.nextAfter(now))
    let to = now + passed
    if (upcoming <= to) drawn = to
    else if (to - drawn > IDLE_MS && upcoming !== Number.POSITIVE_INFINITY) {
      to = upcoming
      drawn = to
    }
    if (to >= last) stop()
    void show(Math.min(to, last))
  }
  const start = (): void => {
    if (now >= last) now = first
    ticked = performance.now()
    drawn = now
    timer = setInterval(tick, TICK_MS)
    play.textContent = 'Pause'
  }
  const go = (moment: number): void => {
    stop()
    void show(moment)
  }
  play.addEventListener('click', () => (timer === undefined ? start() : stop()))
  slider.min = String(first)
  slider.max = String(last)
  slider.addEventListener('input', () => go(Number(slider.value)))
  previous.addEventListener('click', () => go(handoffs.filter(({ at }) => at < now).at(-1)?.at ?? now))
  next.addEventListener('click', () => go(handoffs.find(({ at }) => at > now)?.at ?? now))
  part('close').addEventListener('click', () => stage.close())
  stage.addEventListener('close', stop)
  window.addEventListener('resize', () => {
    if (stage.open) void show(now)
  })
  for (const each of SPEEDS) speed.add(new Option(`${each}×`, String(each)))
  for (const seat of SEATS) {
    const out = document.querySelector(`script[data-seat="${seat}"][type$="left-out"]`)
    if (tracks[seat].empty) screens[seat].textContent = 'Nothing of this terminal is in this file.'
    if (out)
      part(`${seat}-note`).textContent =
        ` · ${sayTime(Number(out.textContent))} between handoffs left out for size`
  }
  for (const button of all('.play')) {
    button.hidden = false
    button.addEventListener('click', () => {
      stage.showModal()
      go(Number(button.dataset.moment))
    })
  }
}

const theme = byId('theme')
if (theme) {
  const root = document.documentElement
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const isDark = (): boolean => (root.dataset.theme ? root.dataset.theme === 'dark' : dark.matches)
  const name = (): void => {
    theme.textContent = isDark() ? 'Light' : 'Dark'
    theme.title = isDark() ? 'Show this page in light colours' : 'Show this page in dark colours'
  }
  name()
  dark.addEventListener('change', name)
  theme.hidden = false
  theme.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark'
    name()
  })
}

const openAll = byId('open-all')
if (openAll) {
  const rows = (): readonly HTMLDetailsElement[] => [
    ...document.querySelectorAll<HTMLDetailsElement>('.row > details'),
  ]
  openAll.hidden = false
  openAll.addEventListener('click', () => {
    const open = rows().some(each => !each.open)
    for (const each of rows()) each.open = open
    openAll.textContent = open ? 'Close all' : 'Open all'
  })
}

/** Older browsers print what is closed as closed. */
let closed: readonly HTMLDetailsElement[] = []
addEventListener('beforeprint', () => {
  closed = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')]
  for (const each of closed) each.open = true
})
addEventListener('afterprint', () => {
  for (const each of closed) each.open = false
})

const stage = byId('stage')
if (stage instanceof HTMLDialogElement && document.querySelector('script[data-from]')) createStage(stage)
