/** What the page of xterm.js alone can be asked for, as `bench` on its window. */

export interface Size {
  readonly cols: number
  readonly rows: number
}

export interface Program extends Size {
  readonly file: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

export interface BarePage {
  /** Adds a terminal. */
  open(name: string, size: Size): void
  /** Keeps a text in the page's memory, by name. */
  keep(name: string, text: string): void
  /** Writes what is kept as the three names, the second one so many times. Resolves when it is parsed. */
  feed(name: string, kept: readonly [begin: string, block: string, end: string], times: number): Promise<void>
  /** Writes what is kept by this name, over and over, until it is stopped; resolves when that is parsed. */
  flood(name: string, kept: string): void
  stop(name: string): Promise<void>
  /** From now on what is typed is shown, and goes nowhere. */
  echo(name: string): void
  /** Runs a program in the terminal. */
  run(name: string, program: Program): void
}
