import { BatchwiseError } from '../errors.ts'
import { lookUpsOf, render } from '../workflow/look-up.ts'
import { mapNamed, named } from '../workflow/named.ts'
import { type ParameterValue, parameterValues } from '../workflow/parameter-values.ts'
import { recordOf, valueAt } from '../workflow/tree.ts'
import type { Trigger, Workflow } from '../workflow/workflow.ts'
import type { TriggerFacts } from './run.ts'

type Json = Readonly<Record<string, unknown>>

/** A run is read on every event, so it stays small. */
const MAX_DETAIL_BYTES = 8_192

/** What `${trigger...}` looks up in. */
export function scopeOfTrigger({ values, detail }: TriggerFacts): Json {
  return detail === undefined ? values : { ...values, detail }
}

/**
 * The parameters of a run that a trigger starts: what it gives, its look-ups replaced, else the defaults.
 *
 * @throws BatchwiseError E143 when the event lacks what is looked up, E180 when a value has the wrong type
 */
export function parametersFrom(
  workflow: Workflow,
  trigger: Trigger,
  facts: TriggerFacts,
): Readonly<Record<string, ParameterValue>> {
  const given = trigger.type === 'object' ? {} : trigger.parameters
  const scope = { trigger: scopeOfTrigger(facts) }
  const values = mapNamed(given, value => (typeof value === 'string' ? render(value, scope) : value))
  return parameterValues(workflow.parameters, values)
}

/**
 * The part of an event's detail that the workflow looks up, so that the run keeps no more of it.
 *
 * @throws BatchwiseError E_EVENT when that part is over 8 KB
 */
export function lookedUpDetail(workflow: Workflow, detail: Json): Json {
  const kept: Record<string, unknown> = named([])
  for (const path of detailPaths(workflow)) {
    const value = valueAt(detail, path)
    if (value !== undefined) put(kept, path, value)
  }
  const bytes = Buffer.byteLength(JSON.stringify(kept))
  if (bytes <= MAX_DETAIL_BYTES) return kept
  throw new BatchwiseError(
    'E_EVENT',
    `Workflow "${workflow.name}" looks up ${bytes} bytes of the event's detail, and ${MAX_DETAIL_BYTES} are kept. Look up less, or put big values into an object.`,
  )
}

function detailPaths(workflow: Workflow): readonly (readonly string[])[] {
  const { jobs, tags, triggers, concurrency } = workflow
  return [...textsIn({ jobs, tags, triggers, concurrency })]
    .flatMap(text => lookUpsOf(text))
    .filter(({ path }) => path[0] === 'trigger' && path[1] === 'detail')
    .map(({ path }) => path.slice(2))
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) yield* textsIn(inner)
}

/** A value inside another that is kept already is there with it. */
function put(root: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let record = root
  for (const name of path.slice(0, -1)) {
    const inner = recordOf(record[name]) ?? named<unknown>([])
    const copy = named(Object.entries(inner))
    record[name] = copy
    record = copy
  }
  const last = path.at(-1)
  if (last !== undefined) record[last] = value
}
