/**
 * What a reviewer tries: calls of the changed functions and what they should give. Navigator and driver try
 * different things, so a blind double review shows more than either would. Pure.
 */
import type { Role } from '../../shared/pair/seat'
import { SOURCE_FILE } from './repertoire'
import { CLI_FILE, TRUNCATE_FILE } from './truncate'

export interface Probe {
  readonly file: string
  readonly name: string
  readonly args: readonly unknown[]
  readonly want: string
  readonly about: string
  /** Finds the line of the source that is to blame. */
  readonly blame: RegExp
  readonly inScope: boolean
  readonly by: readonly Role[]
  /** The project may have decided that it is as it is. */
  readonly decidable?: true
}

const both: readonly Role[] = ['driver', 'navigator']
const DASHES = /replace\(\/( \+?|\[ -\]\+)\//

const SLUGIFY: readonly Omit<Probe, 'file' | 'name'>[] = [
  {
    args: ['Crème Brûlée'],
    want: 'creme-brulee',
    about: 'accents are lost instead of folded',
    blame: /normalize|toLowerCase/,
    inScope: true,
    by: both,
  },
  {
    args: ['one - two'],
    want: 'one-two',
    about: 'mixed separators are not folded into one dash',
    blame: DASHES,
    inScope: true,
    by: ['navigator'],
  },
  {
    args: ['red -- green'],
    want: 'red-green',
    about: 'mixed separators are not folded into one dash',
    blame: DASHES,
    inScope: true,
    by: ['driver'],
  },
  {
    args: [' padded '],
    want: 'padded',
    about: 'what pads a title stays as dashes at its ends',
    blame: DASHES,
    inScope: true,
    by: ['navigator'],
  },
  { args: [''], want: '', about: 'an empty title fails', blame: /function slugify/, inScope: true, by: both },
  {
    args: ['one\ttwo'],
    want: 'one-two',
    about: 'a tab or line break is dropped, so two words run together',
    blame: /replace\(\/\[\^/,
    inScope: true,
    by: ['driver'],
  },
  {
    args: ['Straße'],
    want: 'strasse',
    about: 'letters that do not decompose (ß, ø, æ) are dropped',
    blame: /replace\(\/\[\^/,
    inScope: false,
    by: ['navigator'],
  },
]

const TRUNCATE: readonly Omit<Probe, 'file' | 'name'>[] = [
  {
    args: ['one-two-three', 7],
    want: 'one-two',
    about: 'a word that would just fit is dropped',
    blame: /lastIndexOf/,
    inScope: true,
    by: ['navigator'],
  },
  {
    args: ['red-green-blue', 9],
    want: 'red-green',
    about: 'a word that would just fit is dropped',
    blame: /lastIndexOf/,
    inScope: true,
    by: ['driver'],
  },
  {
    args: ['extraordinary-claims', 5],
    want: 'extra',
    about: 'the result is longer than max',
    decidable: true,
    blame: /split|slice\(0, end > 0/,
    inScope: true,
    by: ['navigator'],
  },
  {
    args: ['one-two'],
    want: 'one-two',
    about: 'called without a limit it shortens all the same',
    blame: /function truncate/,
    inScope: true,
    by: ['driver'],
  },
]

export const PROBES: readonly Probe[] = [
  ...SLUGIFY.map(probe => ({ ...probe, file: SOURCE_FILE, name: 'slugify' })),
  ...TRUNCATE.map(probe => ({ ...probe, file: TRUNCATE_FILE, name: 'truncate' })),
  {
    file: CLI_FILE,
    name: 'main',
    args: [['--max', '7', 'One two three']],
    want: 'one-two',
    about: 'the command line offers no limit',
    blame: /const main/,
    inScope: false,
    by: ['navigator'],
  },
]

/** Whose outcome a change of these files can alter; the command line is tried where it could use what is new. */
export const probesFor = (changed: readonly string[], role: Role): readonly Probe[] =>
  PROBES.filter(
    ({ file, by }) =>
      by.includes(role) && (changed.includes(file) || (file === CLI_FILE && changed.includes(TRUNCATE_FILE))),
  )

/** As it is written in a finding and found again by `probeOf`. */
export const callWords = ({ name, args }: Probe): string =>
  `${name}(${args.map(arg => JSON.stringify(arg)).join(', ')})`

/** The probe that a finding tells of. */
export const probeOf = (finding: string): Probe | undefined =>
  PROBES.find(probe => finding.includes(callWords(probe)))

/** 1-based line of the first match, or of the function, or 1. */
export function blamedLine(source: string, blame: RegExp): number {
  const lines = source.split('\n')
  const at = lines.findIndex(line => blame.test(line))
  const fallback = lines.findIndex(line => /^function /.test(line))
  return Math.max(1, (at >= 0 ? at : fallback) + 1)
}
