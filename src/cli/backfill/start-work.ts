import { createHash } from 'node:crypto'
import type { ObjectLister } from '../../aws/object-lister.ts'
import type { RequestBus } from '../../aws/request-bus.ts'
import type { RunList } from '../../aws/run-list.ts'
import { objectIdentity } from '../../core/run/object-trigger.ts'
import { runIdOf } from '../../core/run/run-identity.ts'
import type { RunStore } from '../../ports.ts'
import type { Work } from './find-work.ts'

export interface Starter {
  readonly stackName: string
  readonly store: Pick<RunStore, 'readRun'>
  readonly runs: Pick<RunList, 'ofObject'>
  readonly lister: Pick<ObjectLister, 'versionOf'>
  readonly bus: RequestBus
}

/**
 * Asks for the run of one object, unless there is one: of its upload, or of an earlier backfill. The request is named
 * after the object's version, or its content, so that asking again, at whatever moment, starts nothing twice.
 *
 * @returns whether a run was asked for
 */
export async function startWork(
  { workflow, object }: Work,
  starter: Starter,
  dryRun: boolean,
): Promise<boolean> {
  const { stackName, store, runs, lister, bus } = starter
  const { bucket, key, size, etag, modifiedAt } = object
  const versionId = await lister.versionOf(object)
  const requestId = requestIdOf(bucket, key, versionId ?? etag)
  const known = [runIdOf(stackName, workflow, { type: 'manual', requestId })]
  if (versionId !== undefined) {
    const upload = { bucket, key, size, versionId, time: '' }
    known.push(runIdOf(stackName, workflow, objectIdentity(upload)))
  }
  for (const runId of known) if ((await store.readRun(runId)) !== undefined) return false
  if (versionId === undefined && (await runs.ofObject(workflow, object)) !== undefined) return false
  if (dryRun) return true
  const time = new Date(modifiedAt).toISOString()
  await bus.send('Start Requested', {
    requestId,
    workflow,
    object: { bucket, key, size, etag, time, ...(versionId !== undefined && { versionId }) },
  })
  return true
}

function requestIdOf(bucket: string, key: string, content: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([bucket, key, content]))
    .digest('hex')
  return `backfill-${hash}`
}
