import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { isCourtesy, nearIdentical } from './repetition'

describe('courtesy', () => {
  test.each([
    'Thanks, looks great!',
    'Sounds good, happy to help.',
    'Thank you so much for the review. Great work!',
    'LGTM 👍',
    '👍',
    'Approved. Ship it!',
    'You’re welcome! Let me know if you need anything else.',
    'I agree. Nothing more to add from my side.',
    'Great, thanks again - it was a pleasure working with you.',
    'Perfect, thank you.\n\nGreat collaboration!',
    'Vielen Dank, sieht sehr gut aus!',
    'Gern geschehen, danke für die gute Zusammenarbeit.',
    'Merci beaucoup, c’est parfait !',
    'De rien, avec plaisir.',
    'Muchas gracias, excelente trabajo.',
    'Perfecto, estoy de acuerdo.',
  ])('%j', text => {
    expect(isCourtesy(text)).toBe(true)
  })

  test.each([
    '',
    'Thanks! Fixed 1.1.',
    'Thanks, but the test fails.',
    'Looks great, please also rename it.',
    'Great work! One question: is the timeout right?',
    'Thanks, I moved it to src/retry.ts',
    'Thanks, see `retry`.',
    'Looks good, not merged yet.',
    'Thanks. maxRetries stays.',
    'Great. All 41 tests pass.',
    'Not good.',
    "I don't agree.",
    'Danke, aber der Test schlägt fehl.',
    'Merci, mais il manque un test.',
    'Gracias, pero falta una prueba.',
    'Thanks:\n- rename it',
    'It is as it is.',
    'Go ahead with the second option.',
  ])('substance: %j', text => {
    expect(isCourtesy(text)).toBe(false)
  })
})

const long = (tail: string): string =>
  `I looked through the whole change once more and everything that was asked for is in place now, the behaviour matches what the intent says and I have nothing that needs to be mended before it goes on. ${tail}`

describe('three messages that say the same', () => {
  test.each<[string, readonly string[]]>([
    ['the same words', ['Please review.', 'Please review.', 'please  review']],
    ['counters', ['Attempt 1 of 5: waiting.', 'Attempt 2 of 5: waiting.', 'Attempt 3 of 5: waiting.']],
    [
      'times and durations',
      ['Waited 12 s at 10:02:11.', 'Waited 40 s at 10:03:12.', 'Waited 1.5 s at 2026-01-01T10:04:00Z.'],
    ],
    ['hashes', ['At 3f2a91c nothing to do.', 'At 99b01aa nothing to do.', 'At 0c0ffee1 nothing to do.']],
    ['a word in a long text', [long('Ready.'), long('Ready.'), long('Finished.')]],
    ['a sign alone', ['👍', '👍', '👍']],
  ])('%s', (_, texts) => {
    expect(nearIdentical(texts)).toBe(true)
  })

  test.each<[string, readonly string[]]>([
    ['ids of findings', ['Fixed 1.1', 'Fixed 1.2', 'Fixed 1.3']],
    ['files', ['Moved src/a.ts over.', 'Moved src/b.ts over.', 'Moved src/c.ts over.']],
    [
      'files in a long text',
      [long('Next is src/a.ts.'), long('Next is src/b.ts.'), long('Next is src/c.ts.')],
    ],
    ['progress', ['12 of 40 tests pass', '13 of 40 tests pass', '14 of 40 tests pass']],
    ['progress in a long text', [long('12 left.'), long('11 left.'), long('10 left.')]],
    ['a negation', [long('It is done.'), long('It is done.'), long('It is not done.')]],
    ['code', [long('See `alpha`.'), long('See `beta`.'), long('See `beta`.')]],
    ['case in code', [long('See `Alpha`, maxRetries.'), long('See `Alpha`, minRetries.')]],
    ['lines', ['The bug is in line 42', 'The bug is in line 43', 'The bug is in line 44']],
    ['versions of rounds', ['Round 1.1 answered', 'Round 1.2 answered']],
    ['one of three', ['Please review.', 'Please review.', 'I found another problem.']],
    ['short answers', ['yes', 'yes', 'no']],
    ['signs', ['👍', '👍', '👎']],
    ['silence', ['', '', '']],
    ['one text', ['Please review.']],
    ['no text', []],
  ])('different: %s', (_, texts) => {
    expect(nearIdentical(texts)).toBe(false)
  })

  it('holds for any text and itself, whatever the order', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.array(fc.string(), { maxLength: 3 }), (text, others) => {
        expect(nearIdentical([text, text, text])).toBe(text.trim() !== '')
        expect(nearIdentical([...others].reverse())).toBe(nearIdentical(others))
      }),
    )
  })
})
