/** How the pair ends: by proof and agreement, or at a cap. What most pairs need is in sight, the rest one step away. */
import { type ReactNode, useState } from 'react'
import { ChevronIcon } from '../ui/icons'
import { Segmented } from '../ui/segmented'
import { type Choices, type OfferedProof, type TermChoices, termWords } from './choices'

interface Props {
  readonly choices: Choices
  readonly proof: OfferedProof
  readonly onChange: (choices: Choices) => void
}

const PLAN_FIRST = [
  { value: 'no', label: 'No' },
  { value: 'reviewed', label: 'Reviewed' },
  { value: 'approved', label: 'Approved by me' },
] as const

const PLAN_NOTES = {
  no: 'The driver begins at once.',
  reviewed: 'No code before the navigator passed a plan.',
  approved: 'No code before the navigator passed a plan and you approved it.',
} as const

const PROOF_NOTES: Readonly<Record<OfferedProof['from'], string>> = {
  suggested: 'Suggested by what is in the folder: change it, or clear it for none.',
  last: 'As last time in this folder.',
  typed: 'Duologue runs it when the driver reports done; only a pass on the same work counts.',
  none: 'The command that shows the work is right. Without one, the navigator’s word decides alone.',
}

export const TermsFields = ({ choices, proof, onChange }: Props) => {
  const { terms } = choices
  const set = (part: Partial<TermChoices>) => onChange({ ...choices, terms: { ...terms, ...part } })
  return (
    <fieldset className="terms">
      <legend>How it ends</legend>
      <div className="terms-proof">
        <label className="labelled grow">
          <span>Proof {proof.from === 'suggested' && <span className="terms-from">suggested</span>}</span>
          <input
            className="field mono"
            type="text"
            spellCheck={false}
            value={terms.proof ?? proof.command}
            placeholder="none"
            aria-describedby="proof-note"
            onChange={event => set({ proof: event.target.value })}
          />
        </label>
        <Amount
          label="Time limit of the proof in minutes"
          before="within"
          after="min"
          value={terms.proofMinutes}
          onChange={value => set({ proofMinutes: value ?? Number.NaN })}
        />
        <p id="proof-note" className="note">
          {PROOF_NOTES[proof.from === 'typed' && proof.command === '' ? 'none' : proof.from]}
        </p>
      </div>
      <div className="terms-row">
        <span className="label">Plan first</span>
        <Segmented
          label="Plan first"
          value={terms.planFirst}
          choices={PLAN_FIRST}
          onChange={planFirst => set({ planFirst })}
        />
        <span className="note grow terms-plan-note">{PLAN_NOTES[terms.planFirst]}</span>
      </div>
      <More terms={terms} set={set}>
        <Amount
          label="At most this many rounds"
          before="At most"
          after="rounds"
          value={choices.rounds}
          onChange={value => onChange({ ...choices, rounds: value ?? Number.NaN })}
        />
      </More>
    </fieldset>
  )
}

interface MoreProps {
  readonly terms: TermChoices
  readonly set: (part: Partial<TermChoices>) => void
  readonly children: ReactNode
}

const More = ({ terms, set, children }: MoreProps) => {
  const [open, setOpen] = useState(false)
  const words = termWords(terms)
  return (
    <div className="terms-more">
      <div className="terms-more-line">
        <button
          type="button"
          className="button soft small terms-open"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <ChevronIcon open={open} />
          Double review, scope and other caps
          {!open && words !== '' && <span className="terms-chosen">{words}</span>}
        </button>
        {children}
      </div>
      {open && (
        <div className="terms-rest">
          <Check
            label="Blind double review"
            note="Work that is reported done is reviewed by both, neither seeing the other’s review."
            checked={terms.doubleReview}
            onChange={doubleReview => set({ doubleReview })}
          />
          <Check
            label="Hold on unplanned files"
            note="Changed files that no plan item names wait for you before the pair agrees."
            checked={terms.holdUnplanned}
            onChange={holdUnplanned => set({ holdUnplanned })}
          />
          <div className="terms-caps">
            <Amount
              label="At most this many minutes; empty for no cap"
              before="End after"
              after="minutes"
              value={terms.minutes}
              onChange={minutes => set({ minutes })}
            />
            <Amount
              label="At most this many thousand tokens; empty for no cap"
              before="or"
              after="thousand tokens of both agents"
              value={terms.kilotokens}
              onChange={kilotokens => set({ kilotokens })}
            />
          </div>
        </div>
      )}
    </div>
  )
}

interface CheckProps {
  readonly label: string
  readonly note: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

const Check = ({ label, note, checked, onChange }: CheckProps) => (
  <label className="terms-check">
    <input type="checkbox" checked={checked} onChange={event => onChange(event.target.checked)} />
    <span>
      {label}
      <small className="note">{note}</small>
    </span>
  </label>
)

interface AmountProps {
  readonly label: string
  readonly before: string
  readonly after: string
  /** Null: empty. */
  readonly value: number | null
  readonly onChange: (value: number | null) => void
}

const Amount = ({ label, before, after, value, onChange }: AmountProps) => (
  <label className="amount">
    <span className="label">{before}</span>
    <input
      className="field"
      type="number"
      min={1}
      step="any"
      aria-label={label}
      placeholder="no cap"
      value={value === null || Number.isNaN(value) ? '' : value}
      onChange={event => onChange(event.target.value === '' ? null : event.target.valueAsNumber)}
    />
    <span className="label">{after}</span>
  </label>
)
