/** What stands in the scratch repository of each practice task. Its tests need nothing but Node. */
import type { PracticeTask } from '../../shared/pair/practice'

type Files = Readonly<Record<string, string>>
export declare const SCRATCH_FILES: Readonly<Record<PracticeTask, Files>>
