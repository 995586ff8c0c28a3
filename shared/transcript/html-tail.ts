/** What stands after the last row of an HTML transcript: the stage on which both terminals are played, and its script. */
import type { PageScript } from './html-head'

export interface Voices {
  /** What each lane's terminal is called, as HTML, and the role that its seat began with. */
  readonly left: { readonly name: string; readonly role: 'driver' | 'navigator' }
  readonly right: { readonly name: string; readonly role: 'driver' | 'navigator' }
}

export const HTML_SCORE_END = '</div>\n'

const screen = (seat: 'left' | 'right', { name, role }: Voices['left']): string =>
  `<section class="${role}"><h2>${name}<span data-part="${seat}-note"></span></h2><pre class="screen" data-part="${seat}" tabindex="0" aria-label="Terminal"></pre></section>`

/** Closed, and of no use, without the page's script. */
export const htmlStage = (voices: Voices): string => `<dialog id="stage" aria-label="Both terminals">
<div class="stage-head"><b data-part="title"></b><span data-part="time"></span><button type="button" data-part="close">Close</button></div>
<div class="screens">${screen('left', voices.left)}${screen('right', voices.right)}</div>
<div class="stage-foot"><button type="button" data-part="previous">Previous handoff</button><button type="button" data-part="play">Play</button><button type="button" data-part="next">Next handoff</button><input type="range" step="1" data-part="slider" aria-label="Moment"><select data-part="speed" aria-label="Speed"></select></div>
</dialog>
`

/** @param note on the terminals, as HTML. */
export const htmlTail = (script: PageScript | null, note: string): string => `<footer>
<p>Written by Duologue. What looked like a secret was replaced before it was written; not every secret can be told.${note}</p>
</footer>
</main>
${script === null ? '' : `<script>${script.text}</script>\n`}</body>
</html>
`
