import type { PairState } from '../pair/model'
import { nameOf } from '../pair/view'
import type { PlanVersion } from '../review/plan'

/** By this a PLAN.md is known as ours, so that a person's own is never overwritten. */
const PLAN_MARK = '<!-- Written by Duologue'

export const isOurPlan = (content: string): boolean => content.startsWith(PLAN_MARK)

/** Markdown, with a newline at its end. */
export const planFile = (state: PairState, plan: PlanVersion): string => {
  const by = plan.by === null ? 'the human' : nameOf(state, plan.by)
  const items = plan.items.flatMap(({ id, text, why, files }) => [
    `- **${id}** ${text}`,
    ...(why === '' ? [] : [`  - Why: ${why}`]),
    ...(files.length === 0 ? [] : [`  - Files: ${files.map(file => `\`${file}\``).join(', ')}`]),
  ])
  return [
    `${PLAN_MARK}; pair ${state.pair}, plan version ${plan.version} by ${by}. -->`,
    '# Plan',
    '',
    ...state.intent.split('\n').map(line => `> ${line}`.trimEnd()),
    '',
    ...items,
    '',
  ].join('\n')
}
