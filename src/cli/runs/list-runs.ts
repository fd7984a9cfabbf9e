import type { Run, RunStatus } from '../../core/run/run.ts'
import { connect } from '../connection.ts'
import { findRunId, unknownRun } from '../find-run.ts'
import { openTable } from '../open-table.ts'
import type { PrintFlags } from '../options.ts'
import { printJson } from '../terminal/print-json.ts'
import { statusStyle } from '../terminal/status-style.ts'
import { type Column, tableLines } from '../terminal/table.ts'
import { openTerminal, type Terminal } from '../terminal/terminal.ts'
import { clockTime, elapsed } from '../terminal/time.ts'
import { runJson } from './run-json.ts'

export interface RunsFlags extends PrintFlags {
  readonly workflow?: string
  readonly status?: RunStatus
  readonly since?: number
  readonly limit: number
  readonly after?: string
}

/** Prints one page of runs. */
export async function listRuns(flags: RunsFlags): Promise<void> {
  const connection = connect(flags)
  const { runs: list, store } = await openTable(connection)
  const { workflow, status, since, limit } = flags
  const after = flags.after === undefined ? undefined : await readAfter(flags.after)
  const query = {
    limit,
    ...(workflow !== undefined && { workflow }),
    ...(status !== undefined && { status }),
    ...(since !== undefined && { since }),
    ...(after !== undefined && { after }),
  }
  const { runs, more } = await list.list(query, Date.now())
  const next = more ? (runs.at(-1)?.runId ?? null) : null
  if (flags.json) return printJson({ runs: runs.map(runJson), next })
  const terminal = openTerminal()
  if (runs.length === 0) return terminal.print(`There is no such run in ${connection.place}.`)
  terminal.print(runLines(runs, Date.now(), flags.utc ?? false, terminal))
  if (next !== null) terminal.print(`There are more: add --after ${next.slice(0, 8)}`)

  async function readAfter(text: string): Promise<Run> {
    const runId = await findRunId(text, list, connection)
    const run = await store.readRun(runId)
    if (run === undefined) throw unknownRun(runId, connection.place)
    return run
  }
}

const COLUMNS: readonly Column[] = [
  { title: 'run', least: 8 },
  { title: 'workflow', least: 8 },
  { title: 'status' },
  { title: 'created', leave: 1 },
  { title: 'took', align: 'right', leave: 2 },
  { title: 'input', least: 12, leave: 3 },
]

function runLines(runs: readonly Run[], now: number, utc: boolean, terminal: Terminal): readonly string[] {
  const rows = runs.map(run => ({
    style: statusStyle(run.status),
    cells: [
      run.runId,
      run.workflow,
      run.status,
      clockTime(run.createdAt, utc),
      elapsed((run.finishedAt ?? now) - run.createdAt),
      run.trigger.values['uri'] ?? '',
    ],
  }))
  return tableLines(COLUMNS, rows, terminal)
}
