/**
 * The output of one run of the proof: what was printed before is read, what comes after is pushed. Bounded: of a
 * flood its end is kept. While it runs, a line may stand in both; when it has ended it is read once more, as it was
 * kept.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Api } from '../api'

/** Some two thousand lines: more is read in the exported file. */
export const KEPT_CHARS = 120_000

export interface ProofOutputStore {
  readonly pair: string | null
  readonly run: number
  readonly text: string
  /** The beginning was left out. */
  readonly cut: boolean
  readonly reading: boolean
  /** Begins to follow a run, or reads it again. */
  follow(pair: string, run: number): Promise<void>
}

type Text = Pick<ProofOutputStore, 'text' | 'cut'>

/** A cut is made at a line, and seldom. */
const bounded = (text: string, cut: boolean): Text => {
  if (text.length <= KEPT_CHARS) return { text, cut }
  const from = text.indexOf('\n', text.length - KEPT_CHARS * 0.8)
  return { text: text.slice(from < 0 ? -KEPT_CHARS * 0.8 : from + 1), cut: true }
}

/** How much of the beginning of `next` stands at the end of `text` already. */
export const overlap = (text: string, next: string): number => {
  for (let length = Math.min(text.length, next.length); length > 0; length--)
    if (text.endsWith(next.slice(0, length))) return length
  return 0
}

export const createProofStore = (api: Api): StoreApi<ProofOutputStore> => {
  let asked = 0
  /** Pushed since the question, and maybe in the answer too. */
  let pushed = ''
  const store = createStore<ProofOutputStore>((set, get) => ({
    pair: null,
    run: 0,
    text: '',
    cut: false,
    reading: false,
    async follow(pair, run) {
      asked += 1
      const mine = asked
      pushed = ''
      const same = get().pair === pair && get().run === run
      set({ pair, run, reading: true, ...(same ? {} : { text: '', cut: false }) })
      const reply = await api.request('pair.proofOutput', { pair, run })
      if (mine !== asked) return
      const read = reply.ok ? reply.value : ''
      const whole = read + pushed.slice(overlap(read, pushed))
      set({ reading: false, ...bounded(whole === '' ? get().text : whole, false) })
    },
  }))
  api.on('pair.proof', ({ pair, run, text }) => {
    const now = store.getState()
    if (now.pair !== pair || now.run !== run) return
    if (now.reading) pushed += text
    store.setState(bounded(now.text + text, now.cut))
  })
  return store
}
