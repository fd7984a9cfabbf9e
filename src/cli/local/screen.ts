import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { WriteStream } from 'node:tty'
import { runTable, type ShownRun } from './run-table.ts'
import { shownPath } from './shown-path.ts'

/** Where the runs are shown: a table that is redrawn on a terminal, lines where there is none. */
export interface Screen {
  /** Prints a line that stays, above the table. */
  readonly note: (line: string) => void
  /** Shows the runs that are under way. */
  live(runs: readonly ShownRun[]): void
  /** Prints how a run ended, and where its results are, if it has any. */
  runEnded(run: ShownRun, results: string): void
  /** Takes the table off the terminal; what was printed stays. */
  close(): void
}

const HEIGHT = 24

export function createScreen(stream: WriteStream): Screen {
  const color = stream.isTTY && (stream.hasColors?.() ?? false)
  const told = new Map<string, string>()
  let drawn = 0

  function print(lines: readonly string[]): void {
    if (drawn > 0) stream.write(`\x1b[${drawn}A\x1b[J`)
    drawn = 0
    stream.write(lines.map(line => `${line}\n`).join(''))
  }

  /** A line that wraps could not be taken back from a terminal; in a pipe or a file lines are whole. */
  const tableOf = (shown: ShownRun) =>
    runTable(shown, { color, width: stream.isTTY ? stream.columns : Infinity, now: Date.now() })

  function draw(runs: readonly ShownRun[]): void {
    const lines = runs.flatMap(tableOf)
    const room = (stream.rows ?? HEIGHT) - 2
    const shown =
      lines.length <= room
        ? lines
        : [...lines.slice(0, room - 1), `  ... ${lines.length - room + 1} more lines`]
    print(shown)
    drawn = shown.length
  }

  /** Without a terminal each change of a job is one line. */
  function tell({ run, jobs }: ShownRun): void {
    for (const { name, status } of jobs) {
      const job = `${run.runId} ${name}`
      if (status === 'WAITING' || told.get(job) === status) continue
      told.set(job, status)
      stream.write(`${run.workflow} ${run.runId.slice(0, 8)} ${name} ${status}\n`)
    }
  }

  return {
    note: line => print([line]),
    live(runs) {
      if (stream.isTTY) draw(runs)
      else for (const run of runs) tell(run)
    },
    runEnded(shown, results) {
      if (!stream.isTTY) tell(shown)
      const folder = join(results, shown.run.workflow, shown.run.runId)
      const line = `  results: ${shownPath(folder)}/`
      print([...tableOf(shown), ...(existsSync(folder) ? [line] : []), ''])
    },
    close: () => print([]),
  }
}
