import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { commandsFor } from './pr-commands'

const what = {
  remote: 'origin',
  branch: 'fix/retry',
  title: `Don't "lose" $HOME \`x\`; it's @ada`,
  bodyFile: '/home/ada/my files/body.md',
}

test('a POSIX shell reads the commands as meant', () => {
  const [push = '', create = ''] = commandsFor({ ...what, shell: 'posix' })
  expect(push).toBe('git push --set-upstream origin fix/retry')
  const script = `gh() { printf '%s\\n' "$@"; }\n${create}`
  expect(execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).split('\n')).toEqual([
    ...['pr', 'create', '--draft', '--title', what.title, '--body-file', what.bodyFile],
    '',
  ])
})

test('for PowerShell', () => {
  expect(commandsFor({ ...what, shell: 'powershell' })[1]).toBe(
    `gh pr create --draft --title 'Don''t ''lose'' $HOME \`x\`; it''s @ada' --body-file '/home/ada/my files/body.md'`,
  )
})
