import { createRequestBus } from '../../aws/request-bus.ts'
import { BatchwiseError } from '../../core/errors.ts'
import type { Snapshot } from '../../core/run/job-view.ts'
import { nextEpoch, type RetryEffect, type RetryWish, retryEffect } from '../../core/run/retry.ts'
import { isFinalRun, type Run } from '../../core/run/run.ts'
import { type Connection, connect } from '../connection.ts'
import { deployedDefinitions } from '../deployed-workflows.ts'
import { openTable } from '../open-table.ts'
import { confirm } from '../terminal/confirm.ts'
import { printJson } from '../terminal/print-json.ts'
import { openTerminal } from '../terminal/terminal.ts'
import { clockTime } from '../terminal/time.ts'
import { until } from '../until.ts'
import type { ChangeFlags } from './change-flags.ts'
import { notTaken } from './not-taken.ts'

export interface RetryFlags extends ChangeFlags {
  readonly from?: readonly string[]
  readonly failedItems?: boolean
  readonly withCurrentDefinition?: boolean
  readonly set?: Readonly<Record<string, string>>
  readonly wait?: boolean
}

/** Opens the next epoch of a run, after saying what is submitted again and what is kept. */
export async function retryRun(text: string, flags: RetryFlags): Promise<void> {
  const connection = connect(flags)
  const table = await openTable(connection)
  const snapshot = await table.find(text)
  const { run } = snapshot
  refuseIfLive(run)
  const wish = wishOf(flags)
  const effect = effectOf(snapshot, wish, connection)
  if (effect.submitted.length === 0) throw nothingToDo(run)
  const terminal = openTerminal()
  if (!flags.json) terminal.print(effectLines(effect))
  if (!flags.yes && !(await confirm(`Retry run ${run.runId} of ${run.workflow} in ${connection.place}?`))) {
    return terminal.print('Nothing was changed.')
  }
  const { runId, epoch } = run
  await createRequestBus(connection.target, connection.names.bus).send('Retry Requested', {
    runId,
    epoch,
    ...wish,
  })
  const taken = await until(connection, async () => {
    const now = await table.store.readRun(runId)
    return now === undefined || now.epoch !== epoch ? now : undefined
  })
  if (taken === undefined) throw notTaken('retry', runId, connection.place)
  if (flags.wait) return (await import('../watch/watch-run.ts')).watchRun(runId, flags)
  if (flags.json) return printJson({ runId, epoch: taken.epoch, ...shownJson(effect) })
  terminal.print(`Run ${runId} goes on. Follow it with: batchwise watch ${runId.slice(0, 8)}`)
}

function shownJson({ submitted, kept, items }: RetryEffect): RetryEffect {
  return { submitted, kept, items }
}

function refuseIfLive({ runId, status, createdAt }: Run): void {
  if (isFinalRun(status)) return
  throw new BatchwiseError(
    'E_RUN_STATUS',
    `Run ${runId} is ${status}, created ${clockTime(createdAt, true)}. Only a run that has ended can be retried; \`batchwise cancel\` ends it.`,
  )
}

function nothingToDo({ runId, status }: Run): BatchwiseError {
  return new BatchwiseError(
    'E_RUN_STATUS',
    `Run ${runId} is ${status}: no job would run again. Name one that should with --from; --failed-items runs again what \`tolerate\` passed over.`,
  )
}

function wishOf({ from, failedItems, withCurrentDefinition, set }: RetryFlags): RetryWish {
  return {
    ...(from !== undefined && { from }),
    ...(failedItems && { failedItems }),
    ...(withCurrentDefinition && { withCurrentDefinition }),
    ...(set !== undefined && { parameters: set }),
  }
}

interface ShownEffect extends RetryEffect {
  /** What the stage has deployed now is not known here: more jobs may turn out to have changed. */
  readonly isComplete: boolean
}

function effectOf(snapshot: Snapshot, wish: RetryWish, connection: Connection): ShownEffect {
  const deployed = wish.withCurrentDefinition ? deployedDefinitions(connection) : undefined
  const isComplete = wish.withCurrentDefinition !== true || deployed !== undefined
  const current = isComplete
    ? deployed?.find(({ workflow }) => workflow.name === snapshot.run.workflow)
    : snapshot.definition
  const next = nextEpoch(snapshot, wish, current, connection.names.stackName)
  return { ...retryEffect(snapshot, next), isComplete }
}

function effectLines({ submitted, kept, items, isComplete }: ShownEffect): readonly string[] {
  const shown = submitted.map(job => {
    const part = items[job]
    return part === undefined ? job : `${job} (${part.failed} of ${part.of} items)`
  })
  return [
    `Submits again: ${shown.join(', ')}`,
    ...(kept.length > 0 ? [`Keeps: ${kept.join(', ')}`] : []),
    ...(isComplete
      ? []
      : ['and submits again whatever has another request by the definition that is deployed now']),
  ]
}
