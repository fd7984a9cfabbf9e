import { setTimeout as sleep } from 'node:timers/promises'
import { patientBatchClient } from '../../aws/batch-clients.ts'
import { createBatchReader } from '../../aws/batch-reader.ts'
import { isFinalRun } from '../../core/run/run.ts'
import { connect } from '../connection.ts'
import { unknownRun } from '../find-run.ts'
import { openTable, readSnapshot } from '../open-table.ts'
import type { PrintFlags } from '../options.ts'
import { describeJobs } from '../show/describe-jobs.ts'
import { detailsJson } from '../show/details-json.ts'
import { runDetails } from '../show/run-details.ts'
import { runLines } from '../show/run-lines.ts'
import { createLiveRegion } from '../terminal/live-region.ts'
import { openTerminal } from '../terminal/terminal.ts'
import { pollInterval } from '../until.ts'
import { createChangeLines } from './change-lines.ts'

/**
 * Shows a run until it has ended: drawn anew on a terminal, else a line for each change. Sets the exit code: 0 when it
 * succeeded, 1 when not.
 */
export async function watchRun(text: string, flags: PrintFlags): Promise<void> {
  const connection = connect(flags)
  const table = await openTable(connection)
  const batch = createBatchReader(patientBatchClient(connection.target))
  const terminal = openTerminal()
  const isDrawn = terminal.isTerminal && flags.json !== true
  const region = createLiveRegion(terminal)
  const changes = createChangeLines(flags.utc ?? false)
  const lines = (details: ReturnType<typeof runDetails>) =>
    runLines(details, { terminal, utc: flags.utc ?? false, now: Date.now() })
  const restore = isDrawn ? onInterrupt(() => region.finish([])) : () => {}
  let snapshot = await table.find(text)
  for (;;) {
    const details = runDetails(snapshot, await describeJobs(snapshot, batch, 'live'))
    const ended = isFinalRun(details.run.status)
    if (isDrawn) ended ? region.finish(lines(details)) : region.draw(lines(details))
    else if (flags.json)
      terminal.print(changes.next(details).length > 0 ? JSON.stringify(detailsJson(details)) : [])
    else terminal.print(changes.next(details))
    if (ended) {
      restore()
      process.exitCode = details.run.status === 'SUCCEEDED' ? 0 : 1
      return
    }
    await sleep(pollInterval(connection))
    const next = await readSnapshot(table.store, details.run.runId)
    if (next === undefined) throw unknownRun(details.run.runId, connection.place)
    snapshot = next
  }
}

/** Ctrl-C leaves the run alone and the terminal as it was. */
function onInterrupt(clean: () => void): () => void {
  const end = () => {
    clean()
    process.exit(130)
  }
  process.once('SIGINT', end)
  return () => process.off('SIGINT', end)
}
