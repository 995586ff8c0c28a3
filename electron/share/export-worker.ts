/**
 * The thread in which exports are previewed and written: a long pair takes seconds, and the relay waits for nobody. Tells
 * its one answer and ends by itself; what is thrown ends it too.
 */
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { exportInto } from './export'
import type { ShareAnswer, ShareJob } from './export-thread'
import { readPageScript } from './page-script'
import { previewExport } from './preview'

const run = async (job: ShareJob): Promise<ShareAnswer> => {
  const script = await readPageScript(join(__dirname, 'transcript-page.js'))
  if (job.type === 'preview') return { type: 'preview', preview: await previewExport(job.pairDir, script) }
  const { pairDir, format, folder, choice, terminals } = job
  return { type: 'export', written: await exportInto(pairDir, format, folder, { choice, terminals, script }) }
}

void run(workerData as ShareJob).then(answer => parentPort?.postMessage(answer))
