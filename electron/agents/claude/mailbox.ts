/**
 * Messages on their way into Claude Code: waiters (`curl` under `sh`, started by the CLI's own hooks) long-poll
 * here. Rules: at most one waiter lives, an older one is told to go; a message is handed to one waiter only, in order;
 * one whose connection broke before the message was written is handed out again; nobody waits after `close`.
 */
import type { ServerResponse } from 'node:http'
import { err, ok, type Result } from '../../../shared/result'

export interface Mailbox {
  /** A waiter has connected. */
  park(response: ServerResponse): void
  /** Resolves when a waiter has the text; fails when none came in time, and then the text is withdrawn. */
  push(text: string, patienceMs: number): Promise<Result<void, string>>
  close(): void
}

interface Parcel {
  readonly text: string
  readonly done: (result: Result<void, string>) => void
}

const dismiss = (waiter: ServerResponse): void => {
  if (waiter.destroyed || waiter.headersSent) return
  waiter.writeHead(204)
  waiter.end()
}

export const createMailbox = (): Mailbox => {
  let waiter: ServerResponse | null = null
  let closed = false
  const parcels: Parcel[] = []

  const handOver = (): void => {
    const parcel = parcels[0]
    if (!waiter || !parcel) return
    const response = waiter
    waiter = null
    parcels.shift()
    response.once('close', () => {
      if (response.writableFinished) return parcel.done(ok(undefined))
      parcels.unshift(parcel)
      handOver()
    })
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
    response.end(parcel.text)
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
    handOver()
  }

  const push = (text: string, patienceMs: number): Promise<Result<void, string>> =>
    new Promise(resolve => {
      if (closed) return resolve(err('the seat has stopped'))
      const withdraw = (why: string): void => {
        const at = parcels.indexOf(parcel)
        if (at >= 0) parcels.splice(at, 1)
        parcel.done(err(why))
      }
      const limit = setTimeout(() => withdraw('Claude Code is not listening'), patienceMs)
      const parcel: Parcel = {
        text,
        done: result => {
          clearTimeout(limit)
          resolve(result)
        },
      }
      parcels.push(parcel)
      handOver()
    })

  const close = (): void => {
    closed = true
    if (waiter) dismiss(waiter)
    waiter = null
    for (const parcel of parcels.splice(0)) parcel.done(err('the seat has stopped'))
  }

  return { park, push, close }
}
