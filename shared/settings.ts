import { z } from 'zod'
import { CommandConfig } from './agent/command-config'
import { CANNED_STEERS } from './steer/canned'

const MOST_STEERS = 50
const STEER_CHARS = 4_000
/** One that is too long is cut: by refusing it the human's others would be lost, for the list would fall back whole. */
const steer = z.string().transform(text => text.slice(0, STEER_CHARS))

/** What the app remembers between runs; unknown keys of a newer version are kept by the store, bad values fall back. */
export const Settings = z.object({
  theme: z.enum(['system', 'dark', 'light']).catch('system'),
  /** Shares of the window's width, in percent: left pane, right pane, timeline. */
  layout: z.tuple([z.number(), z.number(), z.number()]).catch([36, 36, 28]),
  /** The list of open pairs has words where the window is wide enough; else marks alone. */
  pairsWide: z.boolean().catch(true),
  notifications: z.boolean().catch(true),
  /** A short one when something waits for the human. */
  sound: z.boolean().catch(false),
  /** Canned steers, offered in the composer. */
  steers: z
    .array(steer)
    .transform(all => all.slice(0, MOST_STEERS))
    .catch(CANNED_STEERS),
  /** A working agent that gives no sign for so many minutes is said to seem stuck. */
  quietMinutes: z.number().min(1).max(1_440).catch(10),
  /** Programs that the human gives a seat by configuration, beside the presets. */
  commands: z.array(CommandConfig).catch([]),
  /** The last choices of the start dialog, offered again. */
  last: z
    .object({
      folder: z.string(),
      left: z.string(),
      right: z.string(),
      rounds: z.number(),
      planFirst: z.enum(['no', 'reviewed', 'approved']),
      /** Of `folder`; empty: none was wanted there. */
      proof: z.string(),
      proofMinutes: z.number(),
      doubleReview: z.boolean(),
      holdUnplanned: z.boolean(),
      /** Null: no cap. */
      minutes: z.number().nullable(),
      kilotokens: z.number().nullable(),
    })
    .partial()
    .catch({}),
})
export type Settings = z.infer<typeof Settings>
