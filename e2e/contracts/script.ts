/** Ways to write what a scripted model answers. */

type Answer<R> = R | Promise<R>
type Step<Q, R> = R | ((request: Q) => Answer<R>)

/** One reply for each request, in order. A request that no step is left for is an error, which fails its turn. */
export const inTurn = <Q, R>(...steps: readonly Step<Q, R>[]): ((request: Q) => Promise<R>) => {
  let next = 0
  return async request => {
    const step = steps[next++]
    if (step === undefined) throw new Error(`the script has no reply number ${next}`)
    return typeof step === 'function' ? (step as (request: Q) => Answer<R>)(request) : step
  }
}

/** Resolves when it is opened: holds a model's reply for as long as the test wants. */
export const gate = (): { readonly opened: Promise<void>; open(): void } => {
  let open = () => {}
  const opened = new Promise<void>(resolve => {
    open = resolve
  })
  return { opened, open: () => open() }
}

/** A reply that does not come: the program works until it is stopped. */
export const never = (): Promise<never> => gate().opened as Promise<never>
