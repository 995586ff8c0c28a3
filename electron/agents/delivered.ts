/** The answers of a seat that was given a message, a key or an answer to pass on. */
import { err, type Result } from '../../shared/result'
import type { DeliverError } from './agent'

export type Delivered = Result<void, DeliverError>

/** Nothing reached the agent; it may be sent again. */
export const notSent = (why: string): Delivered => err({ type: 'notSent', why })

/** It cannot be done in this state. */
export const notNow = (why: string): Delivered => err({ type: 'notNow', why })
