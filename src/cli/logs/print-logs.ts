import { setTimeout as sleep } from 'node:timers/promises'
import { patientBatchClient } from '../../aws/batch-clients.ts'
import { type BatchReader, createBatchReader } from '../../aws/batch-reader.ts'
import { createLogReader, type LogLine, type LogReader } from '../../aws/log-reader.ts'
import { isOfStepFunctions } from '../../core/run/job-name.ts'
import type { Snapshot } from '../../core/run/job-view.ts'
import { isFinalRun } from '../../core/run/run.ts'
import { type Connection, connect } from '../connection.ts'
import { openTable, readSnapshot, type Table } from '../open-table.ts'
import type { PrintFlags } from '../options.ts'
import { describeJobs } from '../show/describe-jobs.ts'
import { type JobDetails, runDetails } from '../show/run-details.ts'
import { openTerminal, type Terminal } from '../terminal/terminal.ts'
import { clockTime } from '../terminal/time.ts'
import { pollInterval } from '../until.ts'
import { chosenJob, type LogChoice, type LogSource, logChoiceOf, logSourceOf } from './log-source.ts'
import { noLogOfExecution, noLogYet, willNotRun } from './no-log.ts'
import { safeLine } from './safe-line.ts'

export interface LogsFlags extends PrintFlags {
  readonly follow?: boolean
  readonly attempt?: number
  readonly tail?: number
  readonly timestamps?: boolean
}

/** Of a job that failed, and nothing else was asked, so many last lines. */
const LAST_LINES = 50

/** Prints lines of a job's log; with `--follow` until the job has ended. */
export async function printLogs(text: string, job: string | undefined, flags: LogsFlags): Promise<void> {
  const connection = connect(flags)
  const table = await openTable(connection)
  const session: Session = {
    connection,
    table,
    batch: createBatchReader(patientBatchClient(connection.target)),
    logs: createLogReader(connection.target),
    choice: logChoiceOf(job, flags.attempt),
    print: printer(openTerminal(), flags),
  }
  const snapshot = await table.find(text)
  if (flags.follow) return follow(session, snapshot)
  const { source, chosen } = await choiceIn(session, snapshot)
  if (source === undefined) throw noLogYet(snapshot.run, chosen)
  session.print(
    source,
    await linesOf(session, source, flags.tail ?? (job === undefined ? LAST_LINES : undefined)),
  )
}

interface Session {
  readonly connection: Connection
  readonly table: Table
  readonly batch: BatchReader
  readonly logs: LogReader
  readonly choice: LogChoice
  readonly print: (source: LogSource, lines: readonly LogLine[]) => void
}

interface Choice {
  readonly chosen: JobDetails | undefined
  /** Undefined while the job has not been started. */
  readonly source: LogSource | undefined
}

async function choiceIn({ batch, choice, connection }: Session, snapshot: Snapshot): Promise<Choice> {
  const details = runDetails(snapshot, await describeJobs(snapshot, batch, 'live'))
  const chosen = chosenJob(details, choice)
  if (chosen?.jobId !== undefined && isOfStepFunctions(chosen.jobId)) {
    const { isLocal } = connection
    throw noLogOfExecution(chosen.name, chosen.jobId, { isLocal, runId: snapshot.run.runId })
  }
  return { chosen, source: chosen && (await logSourceOf(chosen, choice, batch)) }
}

async function linesOf(
  { logs }: Session,
  { place }: LogSource,
  tail: number | undefined,
): Promise<readonly LogLine[]> {
  if (tail !== undefined) return (await logs.last(place, tail)).lines
  const lines: LogLine[] = []
  for await (const page of logs.read(place)) lines.push(...page.lines)
  return lines
}

/** Waits for the job to start, then for lines, until Batch says that it has ended and there are no more. */
async function follow(session: Session, first: Snapshot): Promise<void> {
  const { table, logs, connection, print } = session
  let snapshot = first
  let { chosen, source } = await choiceIn(session, first)
  let token: string | undefined
  for (;;) {
    // Asked before the lines are read: those that come in between are not missed.
    const ended = source?.hasEnded === true
    if (source !== undefined) {
      for await (const page of logs.read(source.place, token)) {
        print(source, page.lines)
        token = page.next
      }
    }
    if (ended) return
    const isVain = isFinalRun(snapshot.run.status) || (chosen !== undefined && willNotRun(chosen))
    if (source === undefined && isVain) throw noLogYet(snapshot.run, chosen)
    await sleep(pollInterval(connection))
    snapshot = (await readSnapshot(table.store, snapshot.run.runId)) ?? snapshot
    const next = await choiceIn(withJob(session, source), snapshot)
    if (next.source?.place.stream !== source?.place.stream) token = undefined
    chosen = next.chosen
    source = next.source ?? source
  }
}

/** Once a job is followed it stays that job. */
function withJob(session: Session, source: LogSource | undefined): Session {
  if (source === undefined) return session
  const { job, index } = source
  return { ...session, choice: { ...session.choice, job, ...(index !== undefined && { index }) } }
}

function printer(terminal: Terminal, flags: LogsFlags): Session['print'] {
  return (source, lines) => {
    if (flags.json) {
      for (const { time, text } of lines) {
        const { job, index = null } = source
        terminal.print(JSON.stringify({ job, index, time: new Date(time).toISOString(), text }))
      }
      return
    }
    const shown = lines.map(({ time, text }) => {
      const line = terminal.isTerminal ? safeLine(text) : text
      return flags.timestamps ? `${clockTime(time, flags.utc ?? false)}  ${line}` : line
    })
    terminal.print(shown)
  }
}
