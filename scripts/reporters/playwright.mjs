/** Playwright's counts in the closing line that all our runners print. */
import { closingLine } from './closing-line.mjs'

export default class ClosingLine {
  onBegin(_config, suite) {
    this.suite = suite
  }

  onEnd() {
    const outcomes = this.suite.allTests().map(test => test.outcome())
    const count = outcome => outcomes.filter(each => each === outcome).length
    const passed = count('expected')
    const skipped = count('skipped')
    process.stdout.write(closingLine({ passed, skipped, failed: outcomes.length - passed - skipped }))
  }

  printsToStdio() {
    return false
  }
}
