/** Resolves to null after so many milliseconds; never keeps the process alive. */
export const after = (ms: number): Promise<null> =>
  new Promise(resolve => setTimeout(() => resolve(null), ms).unref())
