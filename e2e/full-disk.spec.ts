/** A disk that is really full: the pair pauses, says so, and loses nothing that it had acknowledged. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './app'
import { PairWindow } from './pages'

/** Takes what is left, in ever smaller pieces, as long as something fits. */
const fill = (folder: string): readonly string[] => {
  const files: string[] = []
  for (let bytes = 16_000_000; bytes >= 1; bytes = Math.floor(bytes / 2)) {
    for (let full = false; !full; ) {
      const path = join(folder, `.fill-${files.length}`)
      files.push(path)
      try {
        writeFileSync(path, Buffer.alloc(bytes))
      } catch {
        rmSync(path, { force: true }) // this size no longer fits; a smaller one may
        full = true
      }
    }
  }
  return files
}

// A disk of our own takes a mount, which only root may make.
if (process.platform === 'linux' && process.getuid?.() === 0) {
  test('a full disk pauses the pair; with space again, it goes on and nothing is missing', async ({
    launch,
    room,
  }) => {
    // Only the pairs stand on it: Chromium's own files come and go, and would give space back.
    const pairs = join(room.data, 'pairs')
    mkdirSync(pairs, { recursive: true })
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', pairs])
    try {
      const { app, page } = await launch()
      const pair = new PairWindow(page, room.data)
      await pair.startPractice()
      const filler = fill(pairs)
      const banner = page.getByRole('alert').filter({ hasText: 'The journal cannot be written' })
      // What the agent draws for each key goes on until the recording's last block is full, which is the first to fail;
      // the notice of that may just fit into the journal's: a write that works, which would take the banner down again.
      await page.getByTestId('terminal-left').click()
      await expect
        .poll(async () => {
          for (let key = 0; key < 10; key += 1)
            await page.keyboard.press(key % 2 === 0 ? 'ArrowDown' : 'ArrowUp')
          return (await banner.isVisible()) || pair.events('noticed').length > 0
        })
        .toBe(true)
      // Longer than what is left of the journal's last block: it cannot be written, so it has not happened.
      await pair.steer('Keep it small. '.repeat(2_000), 'Driver', 'Next handoff')
      await expect(banner).toContainText('The disk is full', { ignoreCase: true })
      expect(pair.events('deliveryQueued').map(({ kind }) => kind)).toEqual(['opening'])

      for (const path of filler) rmSync(path, { force: true })
      await banner.getByRole('button', { name: 'Resume' }).click()
      await expect(banner).toHaveCount(0)
      await pair.letGo()
      await pair.until('ended', ({ reason }) => reason === 'agreed')
      expect(pair.events().map(({ seq }) => seq)).toEqual(pair.events().map((_, index) => index))
      await app.close()
    } finally {
      execFileSync('umount', ['-l', pairs])
    }
  })
}
