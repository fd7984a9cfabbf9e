import type { ArrayCounts } from '../../aws/batch-reader.ts'
import { shownRanges } from '../../core/run/failed-children.ts'
import { itemsIn } from '../../core/run/part.ts'
import { statusStyle } from '../terminal/status-style.ts'
import { type Column, tableLines } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { elapsed } from '../terminal/time.ts'
import type { JobDetails } from './run-details.ts'

const COLUMNS: readonly Column[] = [
  { title: 'job', least: 6 },
  { title: 'status' },
  { title: 'attempts', align: 'right', leave: 2 },
  { title: 'waited', align: 'right', leave: 3 },
  { title: 'took', align: 'right', leave: 1 },
  { title: 'why', least: 16, leave: 4 },
]

/** The jobs of a run, one line each. */
export function jobLines(
  jobs: readonly JobDetails[],
  now: number,
  terminal: Pick<Terminal, 'width' | 'paint'>,
): readonly string[] {
  const rows = jobs.map(job => ({
    style: statusStyle(job.status),
    cells: [job.name, job.status, attemptsText(job), waitedText(job, now), tookText(job, now), whyText(job)],
  }))
  return tableLines(COLUMNS, rows, terminal)
}

/** Attempts; of an array how many of its children have ended. */
function attemptsText({ array, attempts, status }: JobDetails): string {
  if (array !== undefined) return arrayProgress(array, status)
  return attempts === 0 ? '' : String(attempts)
}

/** `37/96`; without counts just the size. */
export function arrayProgress({ size, counts }: ArrayCounts, status: string): string {
  const ended = (counts.SUCCEEDED ?? 0) + (counts.FAILED ?? 0)
  const known = Object.keys(counts).length > 0
  if (known) return `${ended}/${size}`
  return status === 'SUCCEEDED' ? `${size}/${size}` : `of ${size}`
}

function waitedText({ createdAt, startedAt, status }: JobDetails, now: number): string {
  if (createdAt === undefined) return ''
  const waits = ['SUBMITTED', 'PENDING', 'RUNNABLE', 'STARTING'].includes(status)
  const until = startedAt ?? (waits ? now : undefined)
  return until === undefined ? '' : elapsed(until - createdAt)
}

function tookText({ startedAt, stoppedAt }: JobDetails, now: number): string {
  return startedAt === undefined ? '' : elapsed((stoppedAt ?? now) - startedAt)
}

function whyText(job: JobDetails): string {
  return [failedText(job), partText(job), job.why ?? ''].filter(text => text !== '').join('; ')
}

function failedText({ array, failedItems }: JobDetails): string {
  if (failedItems !== undefined) {
    const { count, of, indexes } = failedItems
    return `${count} of ${of} failed: ${shownRanges(indexes)}`
  }
  const failed = array?.counts.FAILED ?? 0
  return failed > 0 ? `${failed} of ${array?.size} failed` : ''
}

/** After a retry the other columns tell of the last submission only, which may have been of some items. */
function partText({ part, status, submission }: JobDetails): string {
  if (submission === 1 || status === 'SKIPPED') return ''
  const items = part === undefined ? '' : `${itemsIn(part)} of ${part.total} items, `
  return `${items}submission ${submission}`
}
