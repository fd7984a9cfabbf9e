import { setTimeout as sleep } from 'node:timers/promises'
import { createObjectLister } from '../../aws/object-lister.ts'
import { createRequestBus } from '../../aws/request-bus.ts'
import { BatchwiseError } from '../../core/errors.ts'
import type { Definition } from '../../core/run/definition.ts'
import { defineWorkflow } from '../../core/run/definition.ts'
import { unknownWorkflow } from '../choose-workflow.ts'
import { type Connection, type ConnectionFlags, connect } from '../connection.ts'
import { deployedDefinitions } from '../deployed-workflows.ts'
import { openTable } from '../open-table.ts'
import { readStackWorkflows } from '../stack-workflows.ts'
import { createLiveRegion } from '../terminal/live-region.ts'
import { printJson } from '../terminal/print-json.ts'
import { openTerminal, type Terminal } from '../terminal/terminal.ts'
import { findWork, type Work } from './find-work.ts'
import { progressLine } from './progress-line.ts'
import { type Starter, startWork } from './start-work.ts'

export interface BackfillFlags extends ConnectionFlags {
  readonly workflow?: string
  readonly since?: number
  /** Milliseconds between two starts. */
  readonly rate: number
  readonly dryRun?: boolean
  readonly workflows: string
  readonly json?: boolean
}

/** Starts the runs that uploads of existing objects would have started, at a rate. */
export async function backfill(
  place: { readonly bucket: string; readonly prefix: string },
  flags: BackfillFlags,
): Promise<void> {
  const connection = connect(flags)
  const definitions = await definitionsOf(connection, flags.workflows)
  if (flags.workflow !== undefined && !definitions.some(({ workflow }) => workflow.name === flags.workflow)) {
    throw unknownWorkflow(
      flags.workflow,
      definitions.map(({ workflow }) => workflow),
    )
  }
  const lister = createObjectLister(connection.target)
  const { workflow, since } = flags
  const { work, seen } = await findWork(lister, definitions, {
    ...place,
    ...(workflow !== undefined && { workflow }),
    ...(since !== undefined && { since }),
  })
  const { store, runs } = await openTable(connection)
  const bus = createRequestBus(connection.target, connection.names.bus)
  const starter = { stackName: connection.names.stackName, store, runs, lister, bus }
  const terminal = openTerminal()
  const result = await startAll(work, starter, flags, terminal)
  tell({ ...result, seen, matched: work.length }, flags, terminal)
}

interface Result {
  readonly started: number
  readonly skipped: number
  readonly interrupted: boolean
}

async function startAll(
  work: readonly Work[],
  starter: Starter,
  { rate, dryRun = false, json }: BackfillFlags,
  terminal: Terminal,
): Promise<Result> {
  const stop = new AbortController()
  const onInterrupt = () => stop.abort()
  process.once('SIGINT', onInterrupt)
  const region = terminal.isTerminal && !json ? createLiveRegion(terminal) : undefined
  let started = 0
  let skipped = 0
  for (const item of work) {
    if (stop.signal.aborted) break
    region?.draw([progressLine(started + skipped, work.length, started, terminal.width())])
    if (!(await startWork(item, starter, dryRun))) {
      skipped += 1
      continue
    }
    started += 1
    if (dryRun && !json) {
      region?.finish([])
      terminal.print(`${item.workflow}  s3://${item.object.bucket}/${item.object.key}`)
    }
    // Ctrl-C ends the pause: nothing is under way then.
    if (!dryRun) await sleep(rate, undefined, { signal: stop.signal }).catch(() => {})
  }
  region?.finish([])
  process.off('SIGINT', onInterrupt)
  return { started, skipped, interrupted: stop.signal.aborted && started + skipped < work.length }
}

function tell(
  result: Result & { readonly seen: number; readonly matched: number },
  { dryRun = false, json }: BackfillFlags,
  terminal: Terminal,
): void {
  const { started, skipped, seen, matched, interrupted } = result
  if (interrupted) process.exitCode = 130
  if (json) printJson({ objects: seen, matched, started, skipped, interrupted, dryRun })
  else
    terminal.print([
      `${seen} objects, ${matched} runs by their triggers: ${dryRun ? 'would start' : 'asked for'} ${started}, had ${skipped} already.`,
      ...(interrupted ? ['Interrupted. The same command goes on from here.'] : []),
      ...(started > 0
        ? ['Runs are kept 90 days after their end: later, a backfill runs the same objects again.']
        : []),
    ])
}

/** A stage has the workflows of the files here, with its own buckets. */
async function definitionsOf(connection: Connection, folder: string): Promise<readonly Definition[]> {
  const deployed = deployedDefinitions(connection)
  if (deployed !== undefined) return deployed
  const { workflows, hasErrors, text, stack } = readStackWorkflows([folder])
  if (hasErrors) {
    throw new BatchwiseError('E_WORKFLOW_FILES', `There are errors in the workflow files:\n${text}`)
  }
  const { inputBucket, outputBucket } = await connection.resources()
  const names = { ...stack, inputBucket, outputBucket }
  return workflows.map(workflow => defineWorkflow(workflow, connection.names.stackName, names))
}
