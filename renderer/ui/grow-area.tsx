/** A text field as high as its text. A copy of the text below it makes the height: `field-sizing` came with Chromium 123. */
interface Props {
  readonly label?: string
  readonly value: string
  readonly placeholder: string
  readonly onChange: (value: string) => void
}

export const GrowArea = ({ label, value, placeholder, onChange }: Props) => (
  <span className="grow-area" data-text={`${value === '' ? placeholder : value}\n`}>
    <textarea
      className="field"
      rows={1}
      aria-label={label}
      value={value}
      placeholder={placeholder}
      onChange={event => onChange(event.target.value)}
    />
  </span>
)
