/** The thread in which keyframes are made again (`keyframes-build.ts`). Ends by itself; an error ends it too. */
import { workerData } from 'node:worker_threads'
import { buildKeyframes } from './keyframes-build'

const { cast, keys }: { readonly cast: string; readonly keys: string } = workerData
void buildKeyframes(cast, keys)
