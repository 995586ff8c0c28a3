/** Whole texts and named facts, as an opened row shows them. */
export const Words = ({ text }: { text: string }) => <p className="words selectable">{text}</p>

export const Facts = ({ rows }: { rows: readonly (readonly [string, string])[] }) => (
  <dl className="facts">
    {rows.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)
