import { BatchwiseError } from '../../core/errors.ts'

/** The event was put on the bus, and nothing happened in good time. */
export function notTaken(what: 'cancel' | 'retry', runId: string, place: string): BatchwiseError {
  return new BatchwiseError(
    'E_NOT_TAKEN',
    `The request to ${what} run ${runId} was sent to ${place}, but the run has not changed yet. Look again with \`batchwise show ${runId.slice(0, 8)}\`; if nothing changes, \`batchwise doctor\` finds out why.`,
    { ids: { runId } },
  )
}
