import { patientBatchClient } from '../../aws/batch-clients.ts'
import { createBatchReader } from '../../aws/batch-reader.ts'
import { BatchwiseError } from '../../core/errors.ts'
import { type ConnectionFlags, connect } from '../connection.ts'
import { openTable } from '../open-table.ts'
import { describeJobs } from '../show/describe-jobs.ts'
import { runDetails } from '../show/run-details.ts'
import { type Drawing, drawingOf } from './drawing.ts'

/**
 * A run's own workflow, with the status of its jobs now.
 *
 * @param asWorkflow why it is no workflow, for it is no run either
 */
export async function drawRun(
  text: string,
  flags: ConnectionFlags,
  asWorkflow: BatchwiseError,
): Promise<Drawing> {
  try {
    const connection = connect(flags)
    const snapshot = await (await openTable(connection)).find(text)
    const batch = createBatchReader(patientBatchClient(connection.target))
    const details = runDetails(snapshot, await describeJobs(snapshot, batch, 'live'))
    return drawingOf(snapshot.definition.workflow, details)
  } catch (error) {
    if (!(error instanceof BatchwiseError)) throw error
    throw new BatchwiseError(error.code, `${asWorkflow.message} ${error.message}`, { cause: error })
  }
}
