/** The commands by which a person makes the draft pull request themselves, for their shell to read as meant. */

export interface PrCommands {
  readonly remote: string
  readonly branch: string
  readonly title: string
  /** Where the human has saved the body. */
  readonly bodyFile: string
  readonly shell: 'posix' | 'powershell'
}

const PLAIN = /^[\w./:@%+=-]+$/

/** In single quotes nothing is special but the quote itself: POSIX, and PowerShell's about_Quoting_Rules. */
const shellQuoted = (text: string, shell: 'posix' | 'powershell'): string => {
  if (shell === 'powershell') return `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

/** One command a line, in order. */
export const commandsFor = (what: PrCommands): readonly string[] => {
  const { remote, branch, title, bodyFile, shell } = what
  const q = (text: string): string => shellQuoted(text, shell)
  // Windows PowerShell 5 hands a double quote inside an argument on unescaped.
  const name = shell === 'powershell' ? title.replaceAll('"', "'") : title
  return [
    `git push --set-upstream ${q(remote)} ${q(branch)}`,
    `gh pr create --draft --title ${q(name)} --body-file ${q(bodyFile)}`,
  ]
}
