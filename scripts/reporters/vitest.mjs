/** vitest's counts in the closing line that all our runners print. */
import { closingLine } from './closing-line.mjs'

export default class ClosingLine {
  onTestRunEnd(modules, unhandledErrors) {
    const states = modules.flatMap(module => [...module.children.allTests()].map(test => test.result().state))
    const count = state => states.filter(each => each === state).length
    const broken = modules.filter(module => module.children.size === 0 && module.state() === 'failed').length
    const failed = count('failed') + count('pending') + broken + unhandledErrors.length
    process.stdout.write(closingLine({ passed: count('passed'), failed, skipped: count('skipped') }))
  }
}
