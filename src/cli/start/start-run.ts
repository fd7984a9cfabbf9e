import { randomUUID } from 'node:crypto'
import { createRequestBus } from '../../aws/request-bus.ts'
import { BatchwiseError } from '../../core/errors.ts'
import { runIdOf } from '../../core/run/run-identity.ts'
import { type ConnectionFlags, connect } from '../connection.ts'
import type { ObjectPlace } from '../object-uri.ts'
import { openTable } from '../open-table.ts'
import { printJson } from '../terminal/print-json.ts'
import { openTerminal } from '../terminal/terminal.ts'
import { until } from '../until.ts'
import { checkStart } from './check-start.ts'

export interface StartFlags extends ConnectionFlags {
  readonly workflows: string
  readonly object?: ObjectPlace
  readonly param?: Readonly<Record<string, string>>
  readonly wait?: boolean
  readonly json?: boolean
}

/** Starts a run, waits until it is there, and with `--wait` until it has ended. */
export async function startRun(workflow: string, flags: StartFlags): Promise<void> {
  const connection = connect(flags)
  const { names, target, place } = connection
  const parameters = flags.param ?? {}
  checkStart(workflow, flags, connection, Date.now())
  const requestId = randomUUID()
  const runId = runIdOf(names.stackName, workflow, { type: 'manual', requestId })
  await createRequestBus(target, names.bus).send('Start Requested', {
    requestId,
    workflow,
    parameters,
    ...(flags.object && { object: flags.object }),
  })
  const { store } = await openTable(connection)
  const run = await until(connection, () => store.readRun(runId))
  if (run === undefined) {
    throw new BatchwiseError(
      'E_NOT_STARTED',
      `The request was sent to ${place}, but run ${runId} is not there yet. Either it is late, or it was refused: look into the dead-letter queue of requests with \`batchwise doctor\`.${connection.isLocal ? '' : ' A workflow that is new in its file has to be deployed first.'}`,
    )
  }
  if (flags.wait) return (await import('../watch/watch-run.ts')).watchRun(runId, flags)
  if (flags.json) return printJson({ runId, workflow })
  openTerminal().print(`Started ${runId}. Follow it with: batchwise watch ${runId.slice(0, 8)}`)
}
