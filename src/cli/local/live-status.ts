import { objectIn } from '../../core/event/event-error.ts'
import { parseJobName } from '../../core/run/job-name.ts'
import type { AwsEvent } from '../../local/aws-event.ts'

/**
 * What Batch last said of a job, short of its end: that is the record's to tell, since a tolerated array fails in Batch
 * and succeeds all the same, and a fallback goes on. Times in milliseconds since the epoch. */
export interface LiveStatus {
  readonly status: string
  /** Of an array: when its first child started. */
  readonly startedAt?: number
  /** Of an array: when the last of its children so far ended. */
  readonly stoppedAt?: number
  /** Of an array: children that have ended, and all of them. */
  readonly ended?: number
  readonly size?: number
}

export interface LiveStatuses {
  readonly onEvent: (event: AwsEvent) => void
  of(jobId: string): LiveStatus | undefined
  /** How many processes of jobs run now; of an array each child counts. */
  runningJobs(): number
  /** Ids of the runs whose jobs changed since this was last asked. */
  takeChangedRuns(): readonly string[]
  /** Resolves when there are such runs. */
  changed(): Promise<void>
}

const MAX_JOBS = 10_000

/**
 * Follows the events of the local Batch: the table holds only what the service needs, ends, but whoever looks at the
 * screen wants to see jobs start.
 */
export function followStatuses(): LiveStatuses {
  const statuses = new Map<string, LiveStatus>()
  const running = new Set<string>()
  let changedRuns = new Set<string>()
  let change = Promise.withResolvers<void>()
  return {
    of: jobId => statuses.get(jobId),
    runningJobs: () => running.size,
    takeChangedRuns() {
      const taken = [...changedRuns]
      changedRuns = new Set()
      change = Promise.withResolvers()
      return taken
    },
    changed: () => change.promise,
    onEvent(event) {
      if (event['detail-type'] !== 'Batch Job State Change') return
      const { jobId, jobName, status } = event.detail
      if (typeof jobId !== 'string' || typeof jobName !== 'string' || typeof status !== 'string') return
      const runId = parseJobName(jobName)?.runId
      if (runId !== undefined) {
        changedRuns.add(runId)
        change.resolve()
      }
      if (status === 'STARTING' || status === 'RUNNING') running.add(jobId)
      else running.delete(jobId)
      const [parent = '', child] = jobId.split(':')
      if (child !== undefined) countChild(statuses, parent, status, event.detail)
      else noteJob(statuses, jobId, status, event.detail)
      if (statuses.size > MAX_JOBS) for (const oldest of statuses.keys()) return void statuses.delete(oldest)
    },
  }
}

function noteJob(
  statuses: Map<string, LiveStatus>,
  jobId: string,
  status: string,
  { startedAt, stoppedAt, arrayProperties }: AwsEvent['detail'],
): void {
  const size = objectIn(arrayProperties)?.['size']
  const before = statuses.get(jobId)
  statuses.set(jobId, {
    ...before,
    status: hasEnded(status) ? (before?.status ?? 'SUBMITTED') : status,
    ...(typeof startedAt === 'number' && { startedAt }),
    ...(typeof stoppedAt === 'number' && { stoppedAt }),
    ...(typeof size === 'number' && { size }),
  })
}

/** An array's parent is PENDING for its whole life, without times; its children tell how far it is. */
function countChild(
  statuses: Map<string, LiveStatus>,
  parent: string,
  status: string,
  { startedAt, stoppedAt }: AwsEvent['detail'],
): void {
  const before = statuses.get(parent) ?? { status: 'PENDING' }
  const isOver = hasEnded(status)
  statuses.set(parent, {
    ...before,
    ended: (before.ended ?? 0) + (isOver ? 1 : 0),
    ...(status === 'RUNNING' && { status }),
    ...(typeof startedAt === 'number' && {
      startedAt: Math.min(startedAt, before.startedAt ?? startedAt),
    }),
    ...(isOver &&
      typeof stoppedAt === 'number' && { stoppedAt: Math.max(stoppedAt, before.stoppedAt ?? stoppedAt) }),
  })
}

function hasEnded(status: string): boolean {
  return status === 'SUCCEEDED' || status === 'FAILED'
}
