import { createRequestBus } from '../../aws/request-bus.ts'
import { BatchwiseError } from '../../core/errors.ts'
import { hasEnded, type Snapshot, viewJobs } from '../../core/run/job-view.ts'
import { isFinalRun, type Run } from '../../core/run/run.ts'
import { connect } from '../connection.ts'
import { openTable } from '../open-table.ts'
import { confirm } from '../terminal/confirm.ts'
import { printJson } from '../terminal/print-json.ts'
import { openTerminal } from '../terminal/terminal.ts'
import { clockTime } from '../terminal/time.ts'
import { until } from '../until.ts'
import type { ChangeFlags } from './change-flags.ts'
import { notTaken } from './not-taken.ts'

/** Asks a run to stop, after saying what that stops. */
export async function cancelRun(text: string, flags: ChangeFlags): Promise<void> {
  const connection = connect(flags)
  const table = await openTable(connection)
  const snapshot = await table.find(text)
  const { run } = snapshot
  refuseIfOver(run)
  const terminal = openTerminal()
  if (!flags.json) terminal.print(effectLines(snapshot))
  if (!flags.yes && !(await confirm(`Cancel run ${run.runId} of ${run.workflow} in ${connection.place}?`))) {
    return terminal.print('Nothing was changed.')
  }
  await createRequestBus(connection.target, connection.names.bus).send('Cancel Requested', {
    runId: run.runId,
  })
  const taken = await until(connection, async () => {
    const now = await table.store.readRun(run.runId)
    // Its turn may come meanwhile: that it runs says nothing of the request.
    return now === undefined || isStopping(now) ? now : undefined
  })
  if (taken === undefined) throw notTaken('cancel', run.runId, connection.place)
  if (flags.json) return printJson({ runId: run.runId, status: taken.status })
  terminal.print(`Run ${run.runId} is ${taken.status}.`)
}

function refuseIfOver({ runId, status, finishedAt }: Run): void {
  if (!isStopping({ status })) return
  const since = finishedAt === undefined ? '' : ` since ${clockTime(finishedAt, true)}`
  const mend = isFinalRun(status) ? 'There is nothing to cancel.' : 'Its jobs are being stopped.'
  throw new BatchwiseError('E_RUN_STATUS', `Run ${runId} is ${status}${since}. ${mend}`)
}

function isStopping({ status }: Pick<Run, 'status'>): boolean {
  return status === 'CANCELLING' || isFinalRun(status)
}

function effectLines(snapshot: Snapshot): readonly string[] {
  const { run } = snapshot
  const open = [...viewJobs(snapshot).values()].filter(view => !hasEnded(view))
  const live = open.filter(({ state }) => state === 'SUBMITTED').map(({ name }) => name)
  const waiting = open.filter(({ state }) => state !== 'SUBMITTED').map(({ name }) => name)
  return [
    ...(run.status === 'QUEUED' ? ['It waits for its turn, and gives it up.'] : []),
    ...(run.status === 'COLLECTING'
      ? ['It still gathers objects; later ones of the same set are late.']
      : []),
    ...(live.length > 0 ? [`Stops in AWS Batch: ${live.join(', ')}`] : []),
    ...(waiting.length > 0 ? [`Never submits: ${waiting.join(', ')}`] : []),
  ]
}
