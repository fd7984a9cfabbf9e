import type { Condition, Dependency, Job, Tolerance, Workflow } from '../../../src/core/workflow/workflow.ts'
import { UNKNOWN_DEFINITION } from '../batch/batch-model.ts'
import type { Random } from '../random.ts'
import type { Beginning } from './beginnings.ts'

const QUEUES = ['default', 'high'] as const
export const FALLBACK_QUEUE = 'on-demand'
const CONDITIONS: readonly Condition[] = ['success', 'success', 'success', 'success', 'always', 'failure']

/** The last job may wait for all others: more than Batch takes as dependencies, if there are over twenty. */
const JOINS_ALL = 0.15
const WIDE = 21

/** A workflow of `size` jobs: any graph that a checked file can hold. */
export function randomWorkflow(
  random: Random,
  { name, trigger, concurrency }: Beginning,
  size: number,
  invalid: number,
): Workflow {
  const jobs: Record<string, Job> = {}
  const names: string[] = []
  const isWide = size > WIDE && random.chance(0.5)
  const density = isWide ? 0 : random.pick([0.8, 1.5, 3])
  const arrays = isWide ? 0 : random.pick([0, 0.2, 0.5])
  const conditions = isWide ? 0 : random.pick([0, 0.3, 0.8])
  const fallbacks = isWide ? 0 : random.pick([0, 0, 0.5])
  for (let index = 0; index < size; index++) {
    const job = `j${index}`
    const array = random.chance(arrays) ? randomArray(random) : undefined
    const joinsAll = index === size - 1 && (isWide || random.chance(JOINS_ALL))
    const dependsOn = joinsAll
      ? names.map(name => ({ job: name }))
      : randomDependencies(random, names, jobs, array, density)
    jobs[job] = {
      container: { type: 'existing', jobDefinition: random.chance(invalid) ? UNKNOWN_DEFINITION : 'tool' },
      jobQueue: random.pick(QUEUES),
      environment: {},
      parameters: {},
      tags: {},
      dependsOn,
      when: dependsOn.length > 0 && random.chance(conditions) ? random.pick(CONDITIONS) : 'success',
      sequential: array?.type === 'size' && random.chance(0.3),
      ...(array && { array }),
      ...(array && random.chance(0.3) && { tolerate: randomTolerance(random) }),
      ...(random.chance(0.3) && { retry: { attempts: random.integer(2, 3) } }),
      ...(array === undefined && random.chance(fallbacks) && { fallback: { jobQueue: FALLBACK_QUEUE } }),
    }
    names.push(job)
  }
  return {
    name,
    chaining: random.pick(['auto', 'auto', 'event']),
    tags: {},
    parameters: {},
    triggers: [trigger],
    ...(concurrency && { concurrency }),
    jobs,
  }
}

function randomTolerance(random: Random): Tolerance {
  return random.chance(0.5)
    ? { type: 'count', count: random.integer(0, 2) }
    : { type: 'percent', percent: 50 }
}

function randomArray(random: Random): Job['array'] {
  if (random.chance(0.7)) return { type: 'size', size: random.integer(2, 4) }
  return { type: 'items', items: Array.from({ length: random.integer(0, 3) }, (_, index) => `item ${index}`) }
}

function randomDependencies(
  random: Random,
  names: readonly string[],
  jobs: Readonly<Record<string, Job>>,
  array: Job['array'],
  density: number,
): readonly Dependency[] {
  const chosen = new Set<string>()
  const wanted = Math.floor(random.next() * 2 * density)
  for (let count = 0; count < wanted && names.length > 0; count++) chosen.add(random.pick(names))
  return [...chosen].map(job => {
    const other = jobs[job]?.array
    const mayPair = array?.type === 'size' && other?.type === 'size' && other.size === array.size
    return mayPair && random.chance(0.7) ? { job, type: 'N_TO_N' } : { job }
  })
}
