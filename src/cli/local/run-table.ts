import { styleText } from 'node:util'
import type { Run } from '../../core/run/run.ts'
import { escapeText } from '../../core/workflow/escape-text.ts'

/** A job as it is shown. Times in milliseconds since the epoch. */
export interface ShownJob {
  readonly name: string
  readonly status: string
  readonly attempts?: number
  /** Of an array: its children, and how many of them have ended, where that is known. */
  readonly size?: number
  readonly ended?: number
  readonly startedAt?: number
  readonly stoppedAt?: number
  readonly exitCode?: number
  readonly reason?: string
}

export interface ShownRun {
  readonly run: Run
  readonly jobs: readonly ShownJob[]
}

export interface TableStyle {
  readonly color: boolean
  /** Columns of the terminal; Infinity where there is none. */
  readonly width: number
  /** Milliseconds since the epoch. */
  readonly now: number
}

const COLORS: Readonly<Record<string, Parameters<typeof styleText>[0]>> = {
  SUCCEEDED: 'green',
  FAILED: 'red',
  LOST: 'red',
  CANCELLED: 'yellow',
  RUNNING: 'cyan',
  STARTING: 'cyan',
  SKIPPED: 'gray',
  WAITING: 'gray',
}

const STATUS_WIDTH = 9
/** Letters of a run's id that a narrow line keeps. */
const LEAST_ID = 6

/** One run as a table: a line for the run, one for each job with its status, attempts and time. */
export function runTable({ run, jobs }: ShownRun, style: TableStyle): readonly string[] {
  const paint = (status: string, text: string) =>
    style.color ? styleText(COLORS[status] ?? 'white', text, { validateStream: false }) : text
  const longest = Math.max(3, ...jobs.map(({ name }) => name.length))
  const nameWidth = Math.max(3, Math.min(longest, style.width - STATUS_WIDTH - 4))
  const heading = `  ${'job'.padEnd(nameWidth)}  ${'status'.padEnd(STATUS_WIDTH)}  ${'attempts'.padStart(9)}  ${'time'.padStart(8)}`
  return [
    paint(run.status, titleOf(run, style)),
    fitted(heading, style.width),
    ...jobs.map(job => paint(job.status, fitted(rowOf(job, nameWidth, style.now), style.width))),
  ]
}

/** A narrow line cuts the key first, then the id down to a head that still finds the run, then the name: never the status. */
function titleOf(run: Run, { width, now }: TableStyle): string {
  const took = seconds((run.finishedAt ?? now) - run.createdAt)
  const end = `  ${run.status}  ${took}`
  const idWidth = Math.max(LEAST_ID, width - run.workflow.length - 2 - end.length)
  const runId = run.runId.slice(0, idWidth)
  const workflow = fitted(run.workflow, Math.max(1, width - 2 - runId.length - end.length))
  const input = run.trigger.values['key']
  const head = fitted(`${workflow}  ${runId}${end}`, width)
  const room = width - head.length - 2
  return input === undefined || room < 2 ? head : `${head}  ${fitted(escapeText(input), room)}`
}

function rowOf(job: ShownJob, nameWidth: number, now: number): string {
  const columns = [
    fitted(job.name, nameWidth).padEnd(nameWidth),
    job.status.padEnd(STATUS_WIDTH),
    attemptsOf(job).padStart(9),
    timeOf(job, now).padStart(8),
  ]
  return `  ${columns.join('  ')}${reasonOf(job)}`.trimEnd()
}

/** Of an array, how many children have ended: a plain job's attempts are no measure for it. */
function attemptsOf({ size, ended, attempts }: ShownJob): string {
  if (size !== undefined) return ended === undefined ? '' : `${ended}/${size}`
  return attempts ? String(attempts) : ''
}

function timeOf({ startedAt, stoppedAt }: ShownJob, now: number): string {
  return startedAt === undefined ? '' : seconds((stoppedAt ?? now) - startedAt)
}

function reasonOf({ reason, exitCode }: ShownJob): string {
  if (reason === undefined) return ''
  return `  ${escapeText(reason)}${exitCode === undefined ? '' : ` (exit code ${exitCode})`}`
}

function seconds(milliseconds: number): string {
  return `${(Math.max(0, milliseconds) / 1000).toFixed(1)} s`
}

function fitted(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(1, width - 1))}…`
}
