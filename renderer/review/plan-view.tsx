/** The plan of the pair. */
import { planOf } from '../../shared/pair/view'
import { planItemLine } from '../../shared/transcript/record-words'
import { useOpenPair } from '../store/context'

export const PlanView = () => {
  const plan = planOf(useOpenPair().state)
  if (!plan) return <p className="side-empty">There is no plan.</p>
  return (
    <ol className="side-scroll scrolls selectable">
      {plan.items.map(item => (
        <li key={item.id}>{planItemLine(item)}</li>
      ))}
    </ol>
  )
}
