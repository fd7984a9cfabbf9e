import { patientBatchClient } from '../../aws/batch-clients.ts'
import { createBatchReader } from '../../aws/batch-reader.ts'
import { isOfStepFunctions } from '../../core/run/job-name.ts'
import { connect } from '../connection.ts'
import { openTable } from '../open-table.ts'
import type { PrintFlags } from '../options.ts'
import { printJson } from '../terminal/print-json.ts'
import { openTerminal } from '../terminal/terminal.ts'
import { describeJobs } from './describe-jobs.ts'
import { detailsJson } from './details-json.ts'
import { type RunDetails, reclaimedMinutes, runDetails } from './run-details.ts'
import { runLines } from './run-lines.ts'
import { vcpuHours } from './vcpu-time.ts'

/** Prints a run and its jobs, with what Batch says of them now. */
export async function showRun(text: string, flags: PrintFlags): Promise<void> {
  const connection = connect(flags)
  const snapshot = await (await openTable(connection)).find(text)
  const batch = createBatchReader(patientBatchClient(connection.target))
  const described = await describeJobs(snapshot, batch, 'all')
  const details = runDetails(snapshot, described)
  const now = Date.now()
  const hours = await vcpuHours(details.jobs, described, batch, now)
  const lost = reclaimedMinutes(details.jobs, described)
  if (flags.json) {
    return printJson({ ...detailsJson(details), vcpuHours: round(hours), reclaimedMinutes: round(lost) })
  }
  const terminal = openTerminal()
  terminal.print([
    ...runLines(details, { terminal, utc: flags.utc ?? false, now }),
    '',
    `${hours.toFixed(hours < 1 ? 3 : 1)} vCPU-hours${lost > 0 ? `, ${lost.toFixed(1)} minutes of them on machines that were taken away` : ''}`,
    ...nextSteps(details),
  ])
}

/** What people ask next about a run that failed. */
function nextSteps({ run, jobs }: RunDetails): readonly string[] {
  if (run.status !== 'FAILED') return []
  // An execution has no log: its error and cause stand in the table.
  const failed = jobs.find(
    ({ status, jobId }) => status === 'FAILED' && jobId !== undefined && !isOfStepFunctions(jobId),
  )
  const id = run.runId.slice(0, 8)
  return [
    '',
    'Next:',
    ...(failed === undefined ? [] : [`  batchwise logs ${id} ${failed.name}`]),
    `  batchwise retry ${id}`,
  ]
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
