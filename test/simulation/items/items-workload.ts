import { defineWorkflow } from '../../../src/core/run/definition.ts'
import { runIdOf } from '../../../src/core/run/run-identity.ts'
import type { Dependency, Job, Workflow } from '../../../src/core/workflow/workflow.ts'
import type { ObjectModel } from '../aws/object-model.ts'
import { createRandom, type Random } from '../random.ts'
import { STACK, type Trigger, type Workload } from '../workload/workload.ts'

/** Jobs whose children are items, each with the one that it is chained to child by child. */
export const ITEM_JOBS: Readonly<Record<string, string | undefined>> = {
  lines: undefined,
  objects: undefined,
  left: undefined,
  right: 'left',
}

const KIND = 5101
const MOST_ITEMS = 5
const SOURCE = 's3://in/list'
/** So often somebody writes the file of lines anew. */
const REWRITTEN = 20_000

/** Runs of one workflow with every kind of array of items, and joins behind them. */
export function itemsWorkload(seed: number): Workload {
  const random = createRandom(seed, KIND)
  const definition = defineWorkflow(workflow(random), STACK, { outputBucket: 'out' })
  const triggers = Array.from({ length: random.integer(1, 2) }, (_, index): Trigger => {
    const detail = { workflow: 'items', requestId: `${seed}-${index}` }
    const body = JSON.stringify({ 'detail-type': 'Start Requested', detail })
    return { type: 'request', at: Math.floor(random.next() * 60_000), body }
  })
  const runIds = triggers.map((_, index) =>
    runIdOf(STACK, 'items', { type: 'manual', requestId: `${seed}-${index}` }),
  )
  return {
    ...{ definitions: [definition], later: [definition], deployAt: 0, triggers },
    runIds: new Set(runIds),
  }
}

function workflow(random: Random): Workflow {
  const size = random.integer(2, MOST_ITEMS)
  const items = Array.from({ length: size }, (_, index) => `item ${index}`)
  const jobs: Readonly<Record<string, Job>> = {
    write: job([]),
    lines: job([{ job: 'write' }], { type: 'lines', uri: SOURCE }),
    objects: job([], { type: 'objects', uri: 's3://in/parts/' }),
    left: job(random.chance(0.5) ? [{ job: 'write' }] : [], { type: 'items', items }),
    right: job([{ job: 'left', type: 'N_TO_N' }], { type: 'items', items }),
    join: job([{ job: 'lines' }, { job: 'right' }, { job: 'objects' }]),
  }
  return {
    ...{ name: 'items', chaining: random.pick(['auto', 'auto', 'event']), tags: {}, parameters: {} },
    ...{ triggers: [], jobs },
  }
}

function job(dependsOn: readonly Dependency[], array?: Job['array']): Job {
  return {
    ...{ container: { type: 'existing', jobDefinition: 'tool' }, jobQueue: 'default' },
    ...{ environment: {}, parameters: {}, tags: {}, dependsOn, when: 'success', sequential: false },
    ...(array && { array }),
  }
}

/** The objects that the items are read from; the file of lines is another every time that somebody looks at it later. */
export function provideItems(objects: ObjectModel, seed: number): void {
  const parts = createRandom(seed, KIND + 1).integer(0, MOST_ITEMS)
  for (let index = 0; index < parts; index++) objects.texts.set(`s3://in/parts/${index}`, 'x')
  objects.source = (uri, now) => {
    if (uri !== SOURCE) return undefined
    const version = Math.floor(now / REWRITTEN)
    const lines = createRandom(seed, KIND + 2 + (version % 10_000)).integer(0, MOST_ITEMS)
    return Array.from({ length: lines }, (_, index) => `line ${index} of ${version}\n`).join('')
  }
}
