import type { ObjectCreated } from '../core/event/object-created.ts'
import { objectFacts, objectIdentity } from '../core/run/object-trigger.ts'
import { matchObject } from '../core/workflow/match-trigger.ts'
import { parameterValues } from '../core/workflow/parameter-values.ts'
import { addMember } from './add-member.ts'
import type { Recorder } from './service.ts'
import { startRun } from './start-run.ts'

/** Starts a run of every workflow that the object triggers, or adds it to a set that one waits for. The same delivery again finds the same runs. */
export async function startFromObject(service: Recorder, object: ObjectCreated): Promise<void> {
  const workflows = service.settings.definitions.map(definition => definition.workflow)
  const matches = matchObject(workflows, object)
  if (matches.length === 0) service.log.record('object-ignored', { bucket: object.bucket })
  const parent = runThatWrote(service, object)
  for (const match of matches) {
    if (match.trigger.collect) {
      await addMember(service, match, object, parent)
      continue
    }
    const { workflow, captures } = match
    await startRun(service, {
      workflow: workflow.name,
      identity: objectIdentity(object),
      trigger: objectFacts(object, captures),
      parameters: parameterValues(workflow.parameters, {}),
      ...(parent !== undefined && { parent }),
    })
  }
}

/** A run's results are under `<workflow>/<run>/` of the output bucket: the key of one tells which run led to it. */
function runThatWrote({ settings }: Recorder, { bucket, key }: ObjectCreated): string | undefined {
  if (!settings.definitions.some(({ outputBucket }) => outputBucket === bucket)) return undefined
  return /^[a-z][a-z0-9-]{0,39}\/([a-z2-7]{26})\//.exec(key)?.[1]
}
