import type { Definition } from '../run/definition.ts'
import type { Run } from '../run/run.ts'
import { outputOf } from '../run/submission-request.ts'
import { numberIn, objectIn, textIn } from './event-error.ts'

export const RUN_STATE_CHANGE = 'Batchwise Run State Change'
export const BATCHWISE_SOURCE = 'batchwise'

/** The end of a run, as it is told on Batchwise's bus. */
export interface RunStateChange {
  readonly runId: string
  readonly workflow: string
  readonly status: 'SUCCEEDED' | 'FAILED' | 'CANCELLED'
  /** 1, and one more with each retry: a run that is retried ends more than once. */
  readonly epoch: number
  /** Where its results are. */
  readonly output: string
  /** ISO 8601 */
  readonly createdAt: string
  readonly finishedAt: string
}

/** What is told of a run that has ended; undefined while it has not. */
export function runStateChange(run: Run, { outputBucket }: Definition): RunStateChange | undefined {
  const { runId, workflow, status, epoch, createdAt, finishedAt = createdAt } = run
  if (status !== 'SUCCEEDED' && status !== 'FAILED' && status !== 'CANCELLED') return undefined
  return {
    ...{ runId, workflow, status, epoch, output: outputOf(run, outputBucket) },
    createdAt: new Date(createdAt).toISOString(),
    finishedAt: new Date(finishedAt).toISOString(),
  }
}

/** Reads such an event back; undefined for any other. */
export function parseRunStateChange(event: Readonly<Record<string, unknown>>): RunStateChange | undefined {
  if (event['source'] !== BATCHWISE_SOURCE || event['detail-type'] !== RUN_STATE_CHANGE) return undefined
  const detail = objectIn(event['detail'])
  const texts = ['runId', 'workflow', 'output', 'createdAt', 'finishedAt'].map(name => textIn(detail?.[name]))
  const [runId, workflow, output, createdAt, finishedAt] = texts
  const status = detail?.['status']
  const epoch = numberIn(detail?.['epoch'])
  if (status !== 'SUCCEEDED' && status !== 'FAILED' && status !== 'CANCELLED') return undefined
  if (!runId || !workflow || !output || !createdAt || !finishedAt || epoch === undefined) return undefined
  return { runId, workflow, status, epoch, output, createdAt, finishedAt }
}
