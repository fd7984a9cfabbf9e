import { checkedWrite } from '../core/collect/collect-writes.ts'
import {
  type ListedMember,
  MAX_SET_MANIFEST_BYTES,
  missingOf,
  parseSetManifest,
  type SetManifest,
  uriOf,
} from '../core/collect/set-manifest.ts'
import type { Snapshot } from '../core/run/job-view.ts'
import type { Run } from '../core/run/run.ts'
import type { Round } from './round.ts'
import type { Service } from './service.ts'

/** Looks whether all that the set's manifest lists is there; the run is read again, for what came meanwhile asks for another look. */
export async function checkManifest(service: Service, snapshot: Snapshot): Promise<Round> {
  const { run } = snapshot
  const manifest = await readSetManifest(service, run)
  if (manifest === undefined) return { snapshot, stale: false }
  const members = await service.store.members(run.runId)
  const write =
    manifest.type === 'listed'
      ? checkedWrite(run, {
          expected: manifest.objects.length,
          complete: missingOf(manifest.objects, members).length === 0,
        })
      : checkedWrite(run, {})
  if (manifest.type === 'unusable')
    service.log.record('manifest-unusable', { runId: run.runId, reason: manifest.reason })
  await service.store.write(write)
  return { snapshot, stale: true } // what came meanwhile is in the run as it is now
}

/** What the set's manifest lists; undefined before there is one. */
export async function readSetManifest(
  { objects }: Pick<Service, 'objects'>,
  { collect, trigger }: Run,
): Promise<SetManifest | undefined> {
  if (collect?.manifest === undefined) return undefined
  const own: ListedMember = { bucket: trigger.values['bucket'] ?? '', key: collect.manifest }
  const read = await objects.read(uriOf(own), MAX_SET_MANIFEST_BYTES)
  return read.type === 'text' ? parseSetManifest(read.text, own) : { type: 'unusable', reason: read.reason }
}
