/** What stands after the last row of an HTML transcript. */
import type { PageScript } from './html-head'

export const htmlTail = (script: PageScript | null): string => `</div>
<footer>Written by Duologue. What looked like a secret was replaced before it was written.</footer>
</main>
${script === null ? '' : `<script>${script.text}</script>\n`}</body>
</html>
`
