import { BatchwiseError } from '../core/errors.ts'
import { nextEpoch, type RetryWish } from '../core/run/retry.ts'
import { isFinalRun, type Run } from '../core/run/run.ts'
import { cancelWrite, retryWrite } from '../core/run/run-writes.ts'
import { loadSnapshot } from './load-snapshot.ts'
import type { Recorder, Starter } from './service.ts'

/**
 * Asks a run to stop: durable, worked off by `advance`. Asking again changes nothing.
 *
 * @throws BatchwiseError E_RUN_UNKNOWN
 */
export async function cancelRun(service: Starter, runId: string): Promise<void> {
  const run = await readRun(service, runId)
  const accepted = await service.store.write(cancelWrite(run, service.clock.now()))
  service.log.record(accepted ? 'cancel-accepted' : 'cancel-refused', { runId, status: run.status })
  if (!isFinalRun(run.status)) await service.queue.send(runId)
}

/**
 * Opens the next epoch of a finished run: what did not succeed, what the wish names or changes, and all that stands on
 * it, runs again. Of two equal requests one is accepted, for each names the epoch that it saw.
 *
 * @throws BatchwiseError E_RUN_UNKNOWN, E_JOB_UNKNOWN, E_WORKFLOW_UNKNOWN, E180
 */
export async function retryRun(
  service: Recorder,
  runId: string,
  epoch: number | undefined,
  wish: RetryWish,
): Promise<void> {
  const run = await readRun(service, runId)
  const next = isPlain(wish) ? {} : await nextOf(service, runId, wish)
  const accepted = await service.store.write(retryWrite(run, epoch ?? run.epoch, service.clock.now(), next))
  service.log.record(accepted ? 'retry-accepted' : 'retry-refused', {
    runId,
    status: run.status,
    epoch: run.epoch,
  })
  await service.queue.send(runId)
}

function isPlain({ from = [], failedItems, withCurrentDefinition, parameters = {} }: RetryWish): boolean {
  return from.length === 0 && !failedItems && !withCurrentDefinition && Object.keys(parameters).length === 0
}

/** The definition is in the table before the run follows it. */
async function nextOf(
  service: Recorder,
  runId: string,
  wish: RetryWish,
): Promise<Pick<Run, 'definition' | 'parameters' | 'again' | 'failedItems'>> {
  const snapshot = await loadSnapshot(service, runId)
  if (snapshot === undefined) throw unknownRun(runId)
  const { definitions, stack } = service.settings
  const current = definitions.find(({ workflow }) => workflow.name === snapshot.run.workflow)
  const { definition, ...next } = nextEpoch(snapshot, wish, current, stack)
  if (definition !== snapshot.definition) await service.store.putDefinition(definition)
  return { definition: definition.hash, ...next }
}

async function readRun(service: Starter, runId: string): Promise<Run> {
  const run = await service.store.readRun(runId)
  if (run !== undefined) return run
  throw unknownRun(runId)
}

function unknownRun(runId: string): BatchwiseError {
  return new BatchwiseError('E_RUN_UNKNOWN', `There is no run "${runId}" in this stack.`, { ids: { runId } })
}
