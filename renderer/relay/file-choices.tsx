/** The files that may be meant, above the text: the name first, then where it lies. */
import { plural } from '../../shared/score/format'

interface Props {
  readonly id: string
  readonly paths: readonly string[]
  readonly chosen: number
  readonly onPick: (path: string) => void
}

export const FileList = ({ id, paths, chosen, onPick }: Props) => (
  <>
    <output className="visually-hidden">{plural(paths.length, 'file')}, arrows choose, Enter takes</output>
    <div id={id} className="menu file-choices" role="listbox" aria-label="Files">
      {paths.map((path, index) => {
        const name = path.slice(path.lastIndexOf('/') + 1)
        const folder = path.slice(0, Math.max(0, path.length - name.length - 1))
        return (
          // biome-ignore lint/a11y/useFocusableInteractive: the text keeps the focus and names the chosen one
          <div
            key={path}
            id={`${id}-${index}`}
            className="file-choice mono"
            role="option"
            aria-selected={index === chosen}
            // The mouse must not take the focus from the text.
            onMouseDown={event => {
              event.preventDefault()
              onPick(path)
            }}
          >
            <span>{name}</span>
            {folder && (
              <span className="quiet">
                <bdi>{folder}</bdi>
              </span>
            )}
          </div>
        )
      })}
    </div>
  </>
)
