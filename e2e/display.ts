/** A display that no other test's window is on: only there does it mean something who has the focus. */
import { spawn } from 'node:child_process'

export interface Display {
  /** For the environment of the app; empty elsewhere than on Linux. */
  readonly env: Record<string, string>
  stop(): Promise<void>
}

/** Its own Xvfb, on a number that Xvfb picks itself. */
export const ownDisplay = (): Promise<Display> => {
  if (process.platform !== 'linux') return Promise.resolve({ env: {}, stop: () => Promise.resolve() })
  return new Promise((resolve, reject) => {
    const args = ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp', '-noreset']
    const xvfb = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
    const ended = new Promise<void>(done => xvfb.once('exit', () => done()))
    xvfb.once('error', reject)
    xvfb.once('exit', code => reject(new Error(`Xvfb ended with code ${code}`)))
    xvfb.stdio[3]?.once('data', number => {
      const stop = () => {
        xvfb.kill('SIGTERM')
        return ended
      }
      resolve({ env: { DISPLAY: `:${String(number).trim()}` }, stop })
    })
  })
}
