/**
 * What a request to start a pair means to the core. What the request leaves out is as in `noTerms`, or absent: absent and
 * undefined are the same on the wire; in our types only absent is allowed.
 */
import type { StartRequest } from '../../shared/ipc'
import { type Caps, noTerms, type Terms } from '../../shared/pair/model'
import { PRACTICE_PROOF } from '../../shared/pair/practice'
import type { SeatConfig } from '../../shared/pair/seat'

/** Where no Node is on the agents' PATH, the practice pair's own proof is run by the app itself. */
export const onThisMachine = (request: StartRequest, practiceProof: string): StartRequest =>
  request.folder === null && request.proof?.command === PRACTICE_PROOF
    ? { ...request, proof: { ...request.proof, command: practiceProof } }
    : request

export const toCaps = ({ rounds, minutes, tokens }: StartRequest): Caps => ({
  rounds,
  ...(minutes === undefined ? {} : { minutes }),
  ...(tokens === undefined ? {} : { tokens }),
})

export const toTerms = ({ planFirst, proof, doubleReview, holdUnplanned }: StartRequest): Terms => ({
  planFirst: planFirst ?? noTerms.planFirst,
  proof: proof ?? noTerms.proof,
  doubleReview: doubleReview ?? noTerms.doubleReview,
  holdUnplanned: holdUnplanned ?? noTerms.holdUnplanned,
})

export const toSeatConfig = ({
  agent,
  model,
  permissionMode,
  command,
}: StartRequest['left']): SeatConfig => ({
  agent,
  ...(model === undefined || model === '' ? {} : { model }),
  ...(permissionMode === undefined ? {} : { permissionMode }),
  ...(command === undefined ? {} : { command }),
})
