/** Intent and plan: what was asked for, what is meant to be done about it, and how that came to be. */
import { useMemo, useState } from 'react'
import type { CommandId } from '../../shared/keymap'
import type { PairState } from '../../shared/pair/model'
import { isPlanning, planOf } from '../../shared/pair/view'
import { whyNot } from '../relay-commands'
import { useOpenPair, useWindow } from '../store/context'
import { Button } from '../ui/button'
import { CheckIcon } from '../ui/icons'
import { ScrollBox } from '../ui/scroll-box'
import { PlanEdit } from './plan-edit'
import { PlanItems } from './plan-items'
import { planSteps, servedBy } from './plan-story'
import { PlanVersions } from './plan-versions'

export const PlanView = () => {
  const { state, entries } = useOpenPair()
  const [editing, setEditing] = useState(false)
  const steps = useMemo(() => planSteps(entries), [entries])
  const served = useMemo(() => servedBy(entries), [entries])
  const plan = planOf(state)
  return (
    <ScrollBox className="plan" aria-label="Intent and plan" data-testid="plan">
      <Intent state={state} />
      {plan === null ? (
        <NoPlan state={state} />
      ) : (
        <section aria-label="The plan as it stands">
          <div className="plan-head">
            <h2>Plan, version {plan.version}</h2>
            <small>{standing(state, plan.version)}</small>
          </div>
          {editing ? (
            <PlanEdit plan={plan} onClose={() => setEditing(false)} />
          ) : (
            <>
              <Acts planning={isPlanning(state)} onEdit={() => setEditing(true)} />
              <PlanItems
                items={plan.items}
                more={({ id }) => {
                  const reports = served.get(id) ?? []
                  return reports.length === 0 ? null : (
                    <span className="plan-served">
                      <CheckIcon />
                      {servedWords(reports.map(({ round }) => round))}
                    </span>
                  )
                }}
              />
            </>
          )}
        </section>
      )}
      {steps.length > 0 && (
        <section aria-label="Versions">
          <div className="plan-head">
            <h2>How it came to be</h2>
          </div>
          <PlanVersions steps={steps} />
        </section>
      )}
    </ScrollBox>
  )
}

const servedWords = (inRounds: readonly number[]): string => {
  const rounds = [...new Set(inRounds)]
  return `reported done in ${rounds.length === 1 ? 'round' : 'rounds'} ${rounds.join(', ')}`
}

const Intent = ({ state: { intent, intentHash } }: { state: PairState }) => (
  <section aria-label="Intent">
    <div className="plan-head">
      <h2>Intent</h2>
      <small>verbatim</small>
      <span className="grow" />
      {intentHash && (
        <small className="mono selectable" title={`SHA-256 of the intent: ${intentHash}`}>
          sha256 {intentHash.slice(0, 12)}
        </small>
      )}
    </div>
    <p className="plan-intent selectable">{intent}</p>
  </section>
)

/** Where the plan stands, in a few words. */
const standing = (state: PairState, version: number): string => {
  const { planSettled, planJudged, stage } = state
  if (planSettled !== null) {
    if (planSettled.version === null) return 'the work went on without it'
    return planSettled.version === version
      ? 'the work goes by it'
      : `the work began by version ${planSettled.version}`
  }
  if (!isPlanning(state)) return 'made while the work went on'
  if (state.holds.some(({ type }) => type === 'planApproval')) return 'waits for your approval'
  if (stage.phase === 'planReview' && stage.version === version) return 'being reviewed'
  return planJudged < version ? 'not reviewed yet' : 'reviewed'
}

const Acts = ({ planning, onEdit }: { planning: boolean; onEdit: () => void }) => {
  const view = useOpenPair()
  // Whether a change would be taken at all; what is wrong with this one is said where it is made.
  const why = whyNot(view, {
    type: 'editPlan',
    items: [{ id: '?', text: '?', why: '', files: [] }],
    reason: '',
  })
  return (
    <div className="plan-acts">
      {planning && <Act id="pair.approvePlan" kind="go" label="Approve" />}
      <Button kind="key" why={why} onPress={onEdit}>
        Edit
      </Button>
      {planning && <Act id="pair.skipPlan" label="Go on without a plan" />}
      <Act id="pair.writePlan" label="Write PLAN.md" />
    </div>
  )
}

const Act = ({ id, label, kind = 'key' }: { id: CommandId; label: string; kind?: string }) => {
  const { commands } = useWindow()
  return (
    <Button kind={kind} why={commands.why(id)} onPress={() => commands.run(id)}>
      {label}
    </Button>
  )
}

const NoPlan = ({ state }: { state: PairState }) => {
  const planning = isPlanning(state)
  return (
    <section className="plan-none" aria-label="No plan">
      <div className="plan-head">
        <h2>{planning ? 'The driver is making a plan' : 'This pair has no plan'}</h2>
      </div>
      <p>
        {planning
          ? 'It comes before any code. The navigator reviews it, and you can change it here.'
          : 'With “plan first”, chosen when a pair starts, the driver proposes what it means to do, item by item with reasons and files; the navigator reviews that before any code is written, and changed files that no item names are marked as unplanned. The driver can still propose a plan at any time.'}
      </p>
      {planning && (
        <div className="plan-acts">
          <Act id="pair.skipPlan" label="Go on without a plan" />
        </div>
      )}
    </section>
  )
}
