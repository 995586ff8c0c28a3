/** What the agent does for a human: the few things it can, and the practice commands that try Duologue itself. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { approvedTests, type Desk, forReading, git, inWords, plural } from './desk'
import { testCommand } from './run-tests'

const HELP = `I am the practice agent: no model, no account, no network. I can
  status     show what git says
  diff       show what is changed
  test       run the tests
  changelog  add an entry to CHANGELOG.md
Practice commands, to try Duologue itself:
  ask        open a question
  approve    open an approval
  wait       work until interrupted
  flood N    print N lines
  limit N    be refused, for N seconds, as a provider would
  crash      end in the middle of a turn, with code 13`

/** Gives the final message of the turn. */
export async function serve(desk: Desk, prompt: string): Promise<string> {
  const [word = '', argument = ''] = prompt.trim().toLowerCase().split(/\s+/)
  switch (word) {
    case 'status':
      return shown(desk, 'status', '--short', '--branch')
    case 'diff':
      return shown(desk, 'diff', '--no-ext-diff', 'HEAD')
    case 'test':
      return test(desk)
    default:
      return (await practise(desk, word, argument)) ?? (act(desk, prompt) || HELP)
  }
}

async function shown(desk: Desk, ...args: string[]): Promise<string> {
  await desk.step(`git ${args[0]}`)
  const ran = await git(desk, ...args)
  const text = forReading(ran.output) || '(nothing)'
  desk.show(`git ${args.join(' ')}`, text, ran.code === 0)
  return ran.code === 0 ? `That is git ${args[0]}.` : 'git could not tell.'
}

async function test(desk: Desk): Promise<string> {
  const command = testCommand(desk.folder)
  if (command === null) return 'This folder names no tests.'
  const outcome = await approvedTests(desk, command)
  return outcome === null ? 'The tests were not run.' : `I ran ${command.text}: ${inWords(outcome)}.`
}

/** Null when the word is no practice command. */
export async function practise(desk: Desk, word: string, argument: string): Promise<string | null> {
  switch (word) {
    case 'crash':
      return desk.crash(13)
    case 'limit':
      return desk.refuse(Math.min(Math.max(1, Number(argument) || 60), 86_400))
    case 'wait':
      return desk.untilInterrupted('Waiting until interrupted')
    case 'flood': {
      const lines = Math.min(Number(argument) || 100, 200_000)
      await desk.flood(lines)
      return `${lines === 1 ? 'That was' : 'Those were'} ${plural(lines, 'line')}.`
    }
    case 'ask': {
      const options = ['Tea', 'Coffee'].map(label => ({
        label,
        description: `A cup of ${label.toLowerCase()}`,
      }))
      const text = 'What shall it be?'
      const answer = await desk.ask({ header: 'Practice', text, options, multiple: false, freeText: true })
      return `You chose ${answer.join(', ') || 'nothing'}.`
    }
    case 'approve': {
      const reason = 'Only to practise: nothing is run.'
      const allowed = await desk.approve({ title: 'Run a command', body: 'echo practice', reason })
      return allowed ? 'You allowed it.' : 'You refused it.'
    }
    default:
      return null
  }
}

/** What it understands of free words; empty when nothing. */
export function act(desk: Desk, words: string): string {
  if (!/change\s?log/i.test(words)) return ''
  const file = join(desk.folder, 'CHANGELOG.md')
  const old = existsSync(file) ? readFileSync(file, 'utf8').replace(/^# Changelog\n+/, '') : ''
  const entry = '- slugify() folds accents and repeated separators.'
  if (old.includes(entry)) return 'CHANGELOG.md has that entry already.'
  writeFileSync(file, `# Changelog\n\n${entry}\n${old}`)
  desk.show('Write CHANGELOG.md', `+${entry}`)
  return 'I added an entry to CHANGELOG.md.'
}
