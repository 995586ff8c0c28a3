/** A display for the tests. Rule: its own Xvfb on a number Xvfb picks itself, stopped by its pid. */
import { spawn } from 'node:child_process'
import { SetupError } from './say.mjs'

export const hasDisplay = (env = process.env, platform = process.platform) =>
  platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)

/** @returns the display's name, e.g. `:99`, and its stop */
const startXvfb = () =>
  new Promise((resolve, reject) => {
    const args = ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp', '-noreset']
    const xvfb = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] })
    let complaint = ''
    xvfb.stderr?.on('data', text => {
      complaint = `${complaint}${text}`.slice(-2000)
    })
    const ended = new Promise(done => xvfb.once('exit', done))
    const failed = why => reject(new SetupError(`Xvfb did not start: ${why}\n${complaint}`))
    xvfb.once('error', error => failed(error.message))
    xvfb.once('exit', code => failed(`it ended with code ${code}`))
    xvfb.stdio[3]?.once('data', number => {
      const stop = async () => {
        xvfb.kill('SIGTERM')
        await ended
      }
      resolve({ display: `:${String(number).trim()}`, stop })
    })
  })

/** Runs `task` with the environment of a display of its own; elsewhere than on Linux with the one there is. */
export const withDisplay = async task => {
  if (process.platform !== 'linux') return task(process.env)
  const { display, stop } = await startXvfb()
  const { WAYLAND_DISPLAY: _, ...env } = process.env
  try {
    return await task({ ...env, DISPLAY: display })
  } finally {
    await stop()
  }
}
