import { patientBatchClient } from '../../aws/batch-clients.ts'
import { type BatchReader, createBatchReader, type JobLine } from '../../aws/batch-reader.ts'
import { createQueueReader } from '../../aws/queue-reader.ts'
import { explainEnd } from '../../core/run/explain-end.ts'
import type { BatchStatus } from '../../core/run/job-record.ts'
import { connect } from '../connection.ts'
import type { PrintFlags } from '../options.ts'
import { arrayProgress } from '../show/job-table.ts'
import { printJson } from '../terminal/print-json.ts'
import { statusStyle } from '../terminal/status-style.ts'
import { type Column, tableLines } from '../terminal/table.ts'
import { openTerminal, type Terminal } from '../terminal/terminal.ts'
import { clockTime, elapsed, isoTime } from '../terminal/time.ts'

export interface JobsFlags extends PrintFlags {
  readonly queue?: string
  readonly status?: BatchStatus
  readonly limit: number
}

export const LIVE: readonly BatchStatus[] = ['SUBMITTED', 'PENDING', 'RUNNABLE', 'STARTING', 'RUNNING']

interface QueuedJob extends JobLine {
  readonly queue: string
}

/** Prints jobs as AWS Batch has them, whoever submitted them. */
export async function listBatchJobs(flags: JobsFlags): Promise<void> {
  const connection = connect(flags)
  const client = patientBatchClient(connection.target)
  const batch = createBatchReader(client)
  const queues = flags.queue === undefined ? await createQueueReader(client).names() : [flags.queue]
  const statuses = flags.status === undefined ? LIVE : [flags.status]
  const jobs = await readJobs(batch, queues, statuses, flags.limit)
  if (flags.json) return printJson({ jobs: jobs.map(jobJson) })
  const terminal = openTerminal()
  if (jobs.length > 0) return terminal.print(lines(jobs, flags.utc ?? false, terminal))
  const what = flags.status ?? 'live'
  terminal.print(`No ${what} job in ${queues.join(', ') || 'any queue'} of ${connection.place}.`)
}

/** Newest first within each queue; counts of arrays come from one DescribeJobs for each hundred. */
async function readJobs(
  batch: BatchReader,
  queues: readonly string[],
  statuses: readonly BatchStatus[],
  limit: number,
): Promise<readonly QueuedJob[]> {
  const found: QueuedJob[] = []
  for (const queue of queues) {
    const lists = await Promise.all(statuses.map(status => batch.list({ queue }, status, limit)))
    const newest = lists.flat().sort((a, b) => b.createdAt - a.createdAt)
    found.push(...newest.slice(0, limit).map(job => ({ ...job, queue })))
  }
  const arrays = found.filter(({ array }) => array !== undefined).map(({ jobId }) => jobId)
  const described = new Map((await batch.describe(arrays)).map(job => [job.jobId, job]))
  return found.map(job => {
    const array = described.get(job.jobId)?.array ?? job.array
    return { ...job, ...(array && { array }) }
  })
}

const COLUMNS: readonly Column[] = [
  { title: 'queue', least: 6, leave: 5 },
  { title: 'job', least: 12 },
  { title: 'status' },
  { title: 'children', align: 'right', leave: 2 },
  { title: 'created', leave: 3 },
  { title: 'took', align: 'right', leave: 1 },
  { title: 'id', leave: 4 },
  { title: 'why', least: 12, leave: 6 },
]

function lines(jobs: readonly QueuedJob[], utc: boolean, terminal: Terminal): readonly string[] {
  const rows = jobs.map(job => ({
    style: statusStyle(job.status),
    cells: [
      job.queue,
      job.jobName,
      job.status,
      job.array === undefined ? '' : arrayProgress(job.array, job.status),
      clockTime(job.createdAt, utc),
      job.startedAt === undefined ? '' : elapsed((job.stoppedAt ?? Date.now()) - job.startedAt),
      job.jobId,
      whyOf(job) ?? '',
    ],
  }))
  return tableLines(COLUMNS, rows, terminal)
}

function whyOf({ status, statusReason, exitCode }: JobLine): string | undefined {
  if (status !== 'FAILED' && status !== 'RUNNABLE') return undefined
  return explainEnd({
    ...(statusReason !== undefined && { statusReason }),
    ...(exitCode !== undefined && { exitCode }),
  })
}

function jobJson(job: QueuedJob) {
  return {
    queue: job.queue,
    jobId: job.jobId,
    jobName: job.jobName,
    status: job.status,
    array: job.array ?? null,
    createdAt: isoTime(job.createdAt),
    startedAt: isoTime(job.startedAt) ?? null,
    stoppedAt: isoTime(job.stoppedAt) ?? null,
    statusReason: job.statusReason ?? null,
    exitCode: job.exitCode ?? null,
  }
}
