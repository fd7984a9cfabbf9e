import type { Definition } from '../../core/run/definition.ts'
import { manualFacts } from '../../core/run/manual-trigger.ts'
import { objectFacts } from '../../core/run/object-trigger.ts'
import type { Run, TriggerFacts } from '../../core/run/run.ts'
import { parameterValues } from '../../core/workflow/parameter-values.ts'
import type { ObjectTrigger, Workflow } from '../../core/workflow/workflow.ts'
import type { ObjectPlace } from '../object-uri.ts'

/** As long as an id is, and no run's. */
const RUN_ID = 'x'.repeat(26)
/** Of no upload; sizes, tags and times have the length of real ones. */
const UPLOAD = { size: 1_048_576, etag: '0'.repeat(32) }

/** Of no set; as a set that was closed has them. */
const SET = { count: '1', objects: `s3://bucket/workflow/${RUN_ID}/objects.jsonl` }

export interface PlannedRun {
  readonly run: Run
  /** The object is made up from the key pattern of the first trigger. */
  readonly isSample: boolean
}

/**
 * The run that an upload or a start by hand would make, before there is one.
 *
 * @throws BatchwiseError E180
 */
export function plannedRun(
  definition: Definition,
  object: ObjectPlace | undefined,
  given: Readonly<Record<string, string>>,
  now: number,
): PlannedRun {
  const { workflow, hash } = definition
  const first = workflow.triggers.find(trigger => trigger.type === 'object')
  const isSample = object === undefined && first !== undefined
  const place = object ?? (first && sampleObject(first))
  return {
    isSample,
    run: {
      runId: RUN_ID,
      workflow: workflow.name,
      status: 'RUNNING',
      epoch: 1,
      definition: hash,
      trigger: uploadFacts(workflow, place, now, isSample && first.collect !== undefined ? SET : {}),
      parameters: parameterValues(workflow.parameters, given),
      createdAt: now,
      alerts: {},
    },
  }
}

function uploadFacts(
  workflow: Workflow,
  place: ObjectPlace | undefined,
  now: number,
  set: Readonly<Record<string, string>>,
): TriggerFacts {
  const { values } = manualFacts(workflow, place, now)
  if (place === undefined) return { type: 'manual', values }
  return objectFacts({ ...place, ...UPLOAD, time: new Date(now).toISOString() }, { ...values, ...set })
}

/** A key that the pattern takes, each capture standing for itself: `raw/{year}/{file}.json` gives `raw/year/file.json`. */
function sampleObject({ bucket, key }: ObjectTrigger): ObjectPlace {
  const sample = key.replace(/\{([^{}]*?)(?:\.\.\.)?\}/gu, '$1').replace(/\*+/g, 'any')
  return { bucket, key: sample }
}
