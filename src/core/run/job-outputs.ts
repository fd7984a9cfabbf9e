import { lookUpsOf } from '../workflow/look-up.ts'
import type { Job } from '../workflow/workflow.ts'

/** `${jobs.NAME.output}`, or a value inside it. */
interface LookedUpOutput {
  readonly job: string
  readonly names: readonly string[]
}

/** The jobs whose output a job looks up. */
export function jobsLookedUp(job: Job): readonly string[] {
  return [...new Set(outputsLookedUp(job).map(found => found.job))]
}

/** Outputs in which each value that a job looks up is there, as long as a plan needs: nobody knows the real ones yet. */
export function sampleOutputs(job: Job): Readonly<Record<string, unknown>> {
  const outputs: Record<string, unknown> = {}
  for (const { job: of, names } of outputsLookedUp(job)) {
    const [last, ...above] = names.toReversed()
    const sample = `<output of ${of}>`
    if (last === undefined) outputs[of] ??= sample
    else
      outputs[of] = merged(
        outputs[of],
        above.reduce<unknown>((inner, name) => ({ [name]: inner }), { [last]: sample }),
      )
  }
  return outputs
}

function outputsLookedUp({
  command,
  environment,
  parameters,
  tags,
  container,
}: Job): readonly LookedUpOutput[] {
  const input = container.type === 'stateMachine' ? container.input : {}
  return textsIn([command, environment, parameters, tags, input])
    .flatMap(lookUpsOf)
    .flatMap(({ path: [scope, job = '', attribute, ...names] }) =>
      scope === 'jobs' && attribute === 'output' ? [{ job, names }] : [],
    )
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

type Json = Readonly<Record<string, unknown>>

function merged(one: unknown, other: unknown): unknown {
  if (!isObject(one) || !isObject(other)) return other
  const entries = Object.entries(other).map(([name, value]) => [name, merged(one[name], value)])
  return { ...one, ...Object.fromEntries(entries) }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null
}
