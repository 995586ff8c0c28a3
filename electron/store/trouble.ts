/**
 * What can go wrong with a file, as a value: a closed word for the code and a sentence for the human that says
 * what to do. Every module of the store reports in these.
 */
export interface StoreError {
  readonly type: 'full' | 'denied' | 'missing' | 'locked' | 'order' | 'closed' | 'io'
  readonly message: string
}

/** The system's error code, e.g. `ENOSPC`; empty when the error has none. */
export const errorCode = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : ''

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** `what` begins the sentence, e.g. `The journal could not be written`. */
export const storeError = (what: string, error: unknown): StoreError => {
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return { type: 'full', message: `${what}: the disk is full. Free some space, then press Resume.` }
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return { type: 'denied', message: `${what}: permission denied (${words(error)}).` }
    case 'ENOENT':
      return { type: 'missing', message: `${what}: it is not there (${words(error)}).` }
    default:
      return { type: 'io', message: `${what}: ${words(error)}.` }
  }
}
