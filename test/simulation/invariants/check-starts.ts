import { runIdOf } from '../../../src/core/run/run-identity.ts'
import { STACK } from '../workload/workload.ts'
import type { RestWorld } from './check-rest.ts'
import { checkSets } from './check-sets.ts'

/** One run per accepted trigger: each that was asked for, and no other. */
export function checkStarts(world: RestWorld): void {
  const { store, workload, deadLetters, report } = world
  const may = new Set(workload.runIds)
  if (deadLetters.length === 0)
    for (const runId of workload.runIds)
      if (store.readRun(runId) === undefined)
        report('one run per accepted trigger', `run ${runId} was never started`)
  checkFirings(world, may)
  checkFollowers(world, may)
  checkSets(world, may)
  for (const runId of store.runIds())
    if (!may.has(runId)) report('one run per accepted trigger', `nothing asked for run ${runId}`)
}

/** One run per firing, but for those that `overlap: skip` passed over. */
function checkFirings(
  { store, workload, deadLetters, exactAlerts: isReliable, report }: RestWorld,
  may: Set<string>,
): void {
  const givenUp = deadLetters.filter(body => body.includes('scheduledTime'))
  if (isReliable && givenUp.length > 0) report('every firing is taken', givenUp.join(' '))
  for (const { runId, key, overlap } of workload.firings ?? []) {
    may.add(runId)
    if (store.readRun(runId) !== undefined || deadLetters.length > 0) continue
    const isSkipped = overlap === 'skip' && store.readItem(key)?.['outcome'] === 'skipped'
    if (!isSkipped) report('one run per firing', `run ${runId} (${overlap}) was never started`)
  }
}

/** One run per end of the run that a workflow waits for; an end that a retry took back at once may be told of, or not. */
function checkFollowers({ store, ledger, workload, deadLetters, report }: RestWorld, may: Set<string>): void {
  for (const { workflow, of, status } of workload.followers ?? []) {
    const followers = new Map<string, number>()
    for (const end of ledger.ends) {
      const run = store.readRun(end.runId)
      if (run?.workflow !== of || end.status !== status) continue
      const runId = followerOf(workflow, end)
      may.add(runId)
      if (followers.has(runId) && followers.get(runId) !== end.epoch)
        report('one run per end of the run before', `run ${runId} follows two epochs of ${end.runId}`)
      followers.set(runId, end.epoch)
      const isTold = run.epoch === end.epoch && deadLetters.length === 0
      if (isTold && store.readRun(runId) === undefined)
        report('one run per end of the run before', `run ${runId} of ${workflow} was never started`)
    }
  }
}

function followerOf(
  workflow: string,
  { runId, epoch }: { readonly runId: string; readonly epoch: number },
): string {
  return runIdOf(STACK, workflow, { type: 'after', runId, epoch })
}
