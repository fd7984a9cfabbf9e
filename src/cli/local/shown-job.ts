import type { FailedChildren } from '../../core/run/failed-children.ts'
import type { JobView } from '../../core/run/job-view.ts'
import type { LiveStatus } from './live-status.ts'
import type { ShownJob } from './run-table.ts'

/** A job as the table and the events together know it: what the record lacks, Batch may have said. */
export function shownJob({ name, state, record }: JobView, live: LiveStatus | undefined): ShownJob {
  // A record that is there all the same tells of an earlier submission, or of one that never ran.
  if (state === 'WAITING' || state === 'SKIPPED') return { name, status: state }
  const isUnderWay = state === 'SUBMITTED'
  const failed = state === 'FAILED' || state === 'LOST'
  const children = failed ? record?.failedChildren : undefined
  const exitCode = record?.exitCode ?? children?.exitCode
  const reason = failed ? (reasonOf(children) ?? record?.reason ?? record?.statusReason) : undefined
  const ended = record?.size === undefined ? undefined : endedChildren(state, record.size, live)
  return {
    name,
    status: (isUnderWay ? live?.status : undefined) ?? state,
    ...(record?.attempts !== undefined && { attempts: record.attempts }),
    ...(record?.size !== undefined && { size: record.size }),
    ...(ended !== undefined && { ended }),
    ...timesOf(record?.startedAt ?? live?.startedAt, record?.stoppedAt ?? live?.stoppedAt, isUnderWay),
    ...(exitCode !== undefined && { exitCode }),
    ...(reason !== undefined && { reason }),
  }
}

/** Batch ends an array when all its children have ended. Undefined: nobody has said. */
function endedChildren(state: JobView['state'], size: number, live?: LiveStatus): number | undefined {
  if (state === 'SUCCEEDED' || state === 'FAILED') return size
  return live?.ended ?? (state === 'SUBMITTED' ? 0 : undefined)
}

function reasonOf(children: FailedChildren | undefined): string | undefined {
  if (children === undefined) return undefined
  const { count, indexes, reason, statusReason } = children
  const who = count === 1 ? `child ${indexes} failed` : `${count} children failed (${indexes})`
  const why = reason ?? statusReason
  return why === undefined ? who : `${who}: ${why}`
}

/** A job that is over and whose end nobody knows has no time: it must not go on to grow. */
function timesOf(
  startedAt: number | undefined,
  stoppedAt: number | undefined,
  isUnderWay: boolean,
): Pick<ShownJob, 'startedAt' | 'stoppedAt'> {
  if (startedAt === undefined) return {}
  if (isUnderWay) return { startedAt }
  return stoppedAt === undefined ? {} : { startedAt, stoppedAt }
}
