import { BatchwiseError } from '../../core/errors.ts'
import { isFinalRun, type Run } from '../../core/run/run.ts'
import type { JobDetails } from '../show/run-details.ts'

/** Why there is nothing to print, and whether waiting helps. Without a job: none of the run's has been started. */
export function noLogYet(run: Run, job: JobDetails | undefined): BatchwiseError {
  const wait = isFinalRun(run.status) ? '' : ' --follow waits for it.'
  if (job === undefined) {
    const message = `No job of run ${run.runId} has been started, so there is no log.${wait}`
    return new BatchwiseError('E_NO_LOG', message)
  }
  const { name, status } = job
  if (willNotRun(job)) {
    const message =
      job.jobId === undefined || status === 'SKIPPED'
        ? `Job ${name} was ${status} and never ran.`
        : `Job ${name} is ${status} and AWS Batch knows no log of it: it never ran, or Batch has forgotten it.`
    return new BatchwiseError('E_NO_LOG', message)
  }
  return new BatchwiseError('E_NO_LOG', `Job ${name} has not been started, so there is no log.${wait}`)
}

/** Its state is final: no line will come, however long it is waited for. */
export function willNotRun({ view }: JobDetails): boolean {
  return view.state !== 'WAITING' && view.state !== 'SUBMITTED'
}

/** An execution has a history in the place of a log; what its tasks write is where those say. */
export function noLogOfExecution(
  job: string,
  executionArn: string,
  { isLocal, runId }: { readonly isLocal: boolean; readonly runId: string },
): BatchwiseError {
  const region = executionArn.split(':')[3]
  const mend = isLocal
    ? `Local mode keeps no history of executions; \`batchwise show ${runId.slice(0, 8)}\` has why it failed.`
    : `See its history with: aws stepfunctions get-execution-history --include-execution-data --region ${region} --execution-arn ${executionArn}`
  return new BatchwiseError('E_NO_LOG', `${job} is an execution of Step Functions, which has no log. ${mend}`)
}
