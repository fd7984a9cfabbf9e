import { BatchwiseError } from '../core/errors.ts'
import type { Definition } from '../core/run/definition.ts'
import type { Snapshot } from '../core/run/job-view.ts'
import type { Recorder } from './service.ts'

/** Definitions never change, so each is read once. */
const known = new WeakMap<Recorder, Map<string, Definition>>()

/** Reads a run, then its jobs, then the definition it follows; undefined if there is no such run. */
export async function loadSnapshot(service: Recorder, runId: string): Promise<Snapshot | undefined> {
  const stored = await service.store.load(runId)
  if (stored === undefined) return undefined
  const definition = await readDefinition(service, stored.run.definition, runId)
  return { run: stored.run, definition, jobs: new Map(stored.jobs.map(record => [record.job, record])) }
}

async function readDefinition(service: Recorder, hash: string, runId: string): Promise<Definition> {
  const cache = known.get(service) ?? new Map<string, Definition>()
  known.set(service, cache)
  const cached = cache.get(hash) ?? service.settings.definitions.find(definition => definition.hash === hash)
  const definition = cached ?? (await service.store.readDefinition(hash))
  if (definition === undefined) {
    throw new BatchwiseError(
      'E_DEFINITION_GONE',
      `Run ${runId} follows definition ${hash}, which is not in the table.`,
      {
        ids: { runId, definition: hash },
      },
    )
  }
  cache.set(hash, definition)
  return definition
}
