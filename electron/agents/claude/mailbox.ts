/**
 * Messages on their way into Claude Code: waiters (`curl` under `sh`, started by the CLI's own hooks) long-poll
 * here. Rules: at most one waiter lives, an older one is told to go; a message counts as handed over only when its
 * waiter has claimed it, just before it wakes the CLI; one that nobody claims goes to the next waiter, and a claim that
 * comes too late is refused, so nothing is handed over twice; nobody waits after `close`.
 */

import type { ServerResponse } from 'node:http'
import { err, ok, type Result } from '../../../shared/result'
import { afterAwake } from '../../awake'

export interface Mailbox {
  /** A waiter has connected. */
  park(response: ServerResponse): void
  /** A waiter has the whole message of this number, and wakes the CLI with it if this is true. */
  claim(number: string): boolean
  /** Resolves when a waiter has the text; fails when none came in time, and then the text is withdrawn. */
  push(text: string, patienceMs: number): Promise<Result<void, string>>
  close(): void
}

/** A hook starts the next waiter, and only the human's own prompt brings one to an idle CLI whose waiter was killed. */
const DEAF = 'Claude Code is not listening. It listens again once you send it a prompt in its pane.'

/** A waiter claims within some 20 ms, or it is dead. */
const CLAIM_MS = 3_000

interface Parcel {
  readonly text: string
  readonly done: (result: Result<void, string>) => void
}

interface Offer {
  readonly parcel: Parcel
  readonly number: string
  readonly limit: NodeJS.Timeout
}

const dismiss = (waiter: ServerResponse): void => {
  if (waiter.destroyed || waiter.headersSent) return
  waiter.writeHead(204)
  waiter.end()
}

export const createMailbox = (): Mailbox => {
  let waiter: ServerResponse | null = null
  let closed = false
  let offers = 0
  let offer: Offer | null = null
  const parcels: Parcel[] = []

  const takeBack = (number: string): void => {
    if (offer?.number !== number) return
    clearTimeout(offer.limit)
    parcels.unshift(offer.parcel)
    offer = null
    offerNext()
  }

  const offerNext = (): void => {
    if (!waiter || offer) return
    const parcel = parcels.shift()
    if (!parcel) return
    const response = waiter
    waiter = null
    offers += 1
    const number = String(offers)
    offer = { parcel, number, limit: setTimeout(() => takeBack(number), CLAIM_MS) }
    response.once('close', () => {
      if (!response.writableFinished) takeBack(number)
    })
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' })
    response.end(`${number}\n${parcel.text}`)
  }

  const claim = (number: string): boolean => {
    if (offer?.number !== number) return false
    clearTimeout(offer.limit)
    offer.parcel.done(ok(undefined))
    offer = null
    offerNext()
    return true
  }

  const park = (response: ServerResponse): void => {
    if (closed) {
      dismiss(response)
      return
    }
    if (waiter) dismiss(waiter)
    waiter = response
    response.once('close', () => {
      if (waiter === response) waiter = null
    })
    offerNext()
  }

  const withdraw = (parcel: Parcel, why: string): void => {
    const at = parcels.indexOf(parcel)
    if (at >= 0) parcels.splice(at, 1)
    if (offer?.parcel === parcel) {
      clearTimeout(offer.limit)
      offer = null
    }
    parcel.done(err(why))
  }

  const push = (text: string, patienceMs: number): Promise<Result<void, string>> =>
    new Promise(resolve => {
      if (closed) return resolve(err('the seat has stopped'))
      const unlimit = afterAwake(patienceMs, () => withdraw(parcel, DEAF))
      const parcel: Parcel = {
        text,
        done: result => {
          unlimit()
          resolve(result)
        },
      }
      parcels.push(parcel)
      offerNext()
    })

  const close = (): void => {
    closed = true
    if (waiter) dismiss(waiter)
    waiter = null
    for (const parcel of offer ? [offer.parcel, ...parcels] : [...parcels]) {
      withdraw(parcel, 'the seat has stopped')
    }
  }

  return { park, claim, push, close }
}
