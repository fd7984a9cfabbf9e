import { displayWidth } from '../../core/workflow/display-width.ts'
import { cutTo, padTo } from '../terminal/cut.ts'
import { statusStyle } from '../terminal/status-style.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { JobDetails, RunDetails } from './run-details.ts'

/** Columns of the bars where there is no terminal. */
const DEFAULT_WIDTH = 100
const LONGEST_NAME = 24
/** Fewer columns show nothing. */
const LEAST = 10

/**
 * When each job waited in Batch and ran, as bars over the time of the run. Empty where the terminal is too narrow, and
 * for a run of which nothing has started.
 */
export function timelineLines(
  { run, jobs }: RunDetails,
  now: number,
  terminal: Pick<Terminal, 'width' | 'paint'>,
): readonly string[] {
  const started = jobs.filter(({ startedAt }) => startedAt !== undefined)
  const name = Math.min(LONGEST_NAME, Math.max(0, ...started.map(job => displayWidth(job.name))))
  const width = Math.min(terminal.width(), DEFAULT_WIDTH) - name - 2
  if (started.length === 0 || width < LEAST) return []
  const begin = Math.min(run.createdAt, ...started.map(({ startedAt }) => startedAt ?? now))
  const end = Math.max(run.finishedAt ?? now, begin + 1)
  const column = (at: number) => Math.floor(((Math.min(at, end) - begin) / (end - begin)) * (width - 1))
  return started.map(job => {
    const label = padTo(cutTo(job.name, name), name)
    return `${label}  ${terminal.paint(statusStyle(job.status), bar(job, column, run.finishedAt ?? now))}`
  })
}

function bar(
  { createdAt, startedAt = 0, stoppedAt }: JobDetails,
  column: (at: number) => number,
  end: number,
): string {
  const from = column(startedAt)
  const waits = Math.min(from, column(createdAt ?? startedAt))
  const to = Math.max(from, column(stoppedAt ?? end))
  return `${' '.repeat(waits)}${'░'.repeat(from - waits)}${'█'.repeat(to - from + 1)}`
}
