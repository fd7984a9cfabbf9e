import type { Run } from '../../core/run/run.ts'
import { type Connection, connect } from '../connection.ts'
import { openTable } from '../open-table.ts'
import type { PrintFlags } from '../options.ts'
import { printJson } from '../terminal/print-json.ts'
import { tableLines } from '../terminal/table.ts'
import { openTerminal } from '../terminal/terminal.ts'
import { clockTime, isoTime } from '../terminal/time.ts'
import { readOutbox } from './outbox.ts'

export interface AlertsFlags extends PrintFlags {
  readonly limit: number
}

/** An alert of a run, as the table has it. */
interface ListedAlert {
  readonly run: Run
  readonly alert: string
  readonly state: string
}

/** Prints which alerts there were, newest first; in local mode also the messages themselves. */
export async function listAlerts(flags: AlertsFlags): Promise<void> {
  const connection = connect(flags)
  const alerts = await readAlerts(connection, flags.limit)
  const messages = connection.isLocal ? readOutbox(connection.dataFolder, flags.limit) : []
  if (flags.json) return printJson({ alerts: alerts.map(alertJson), outbox: messages })
  const terminal = openTerminal()
  if (alerts.length === 0 && messages.length === 0) {
    return terminal.print(`No alert was sent in ${connection.place}.`)
  }
  const rows = alerts.map(({ run, alert, state }) => ({
    cells: [
      clockTime(run.finishedAt ?? run.createdAt, flags.utc ?? false),
      run.workflow,
      run.runId,
      alert,
      state,
    ],
  }))
  const columns = [
    { title: 'time' },
    { title: 'workflow', least: 8 },
    { title: 'run', least: 8 },
    { title: 'epoch', leave: 1 },
    { title: 'state' },
  ]
  if (rows.length > 0) terminal.print(tableLines(columns, rows, terminal))
  if (messages.length === 0) return
  const mails = messages.map(({ time, subject, file }) => ({
    cells: [clockTime(Date.parse(time), flags.utc ?? false), subject, file],
  }))
  const outbox = [
    { title: 'outbox' },
    { title: 'subject', least: 12 },
    { title: 'mail', least: 12, leave: 1 },
  ]
  terminal.print([...(rows.length > 0 ? [''] : []), ...tableLines(outbox, mails, terminal)])
}

/** Of the newest runs that failed. */
async function readAlerts(connection: Connection, limit: number): Promise<readonly ListedAlert[]> {
  const { runs } = await (await openTable(connection)).runs.list({ status: 'FAILED', limit }, Date.now())
  return runs.flatMap(run => Object.entries(run.alerts).map(([alert, { state }]) => ({ run, alert, state })))
}

function alertJson({ run, alert, state }: ListedAlert) {
  const { runId, workflow, finishedAt } = run
  return { runId, workflow, finishedAt: isoTime(finishedAt) ?? null, epoch: Number(alert), state }
}
