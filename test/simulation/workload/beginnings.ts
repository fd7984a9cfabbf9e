import { triggerText } from '../../../src/core/collect/collection.ts'
import { scheduleId } from '../../../src/core/event/schedules.ts'
import { runIdOf } from '../../../src/core/run/run-identity.ts'
import { firingKey } from '../../../src/core/schedule/schedule-writes.ts'
import type {
  Trigger as Begin,
  Collect,
  Concurrency,
  ObjectTrigger,
  ScheduleTrigger,
} from '../../../src/core/workflow/workflow.ts'
import type { Random } from '../random.ts'
import { START } from '../scheduler.ts'
import { type ExpectedFiring, type ExpectedSet, STACK, type Trigger } from './workload.ts'

/** How a workflow's runs begin: what stays the same whatever is deployed. */
export interface Beginning {
  readonly name: string
  readonly trigger: Begin
  readonly concurrency: Concurrency | undefined
}

const MINUTE = 60_000

/** Most begin with an object; some with a set of them, a schedule, or the end of the workflow before. */
export function randomBeginning(random: Random, name: string, before: string | undefined): Beginning {
  const concurrency = random.chance(0.25) ? { limit: random.integer(1, 2) } : undefined
  const kind = random.next()
  if (kind < 0.08) return { name, concurrency, trigger: randomCollect(random, name) }
  if (kind < 0.16) return { name, concurrency, trigger: randomSchedule(random) }
  if (kind < 0.24 && before !== undefined)
    return {
      name,
      concurrency,
      trigger: {
        type: 'after',
        workflow: before,
        status: random.pick(['SUCCEEDED', 'FAILED']),
        parameters: {},
      },
    }
  const key = `${random.pick(['', 'a/'])}{file}.csv`
  return { name, concurrency, trigger: { type: 'object', bucket: 'in', key, minSize: 1 } }
}

function randomSchedule(random: Random): ScheduleTrigger {
  const overlap = random.pick(['skip', 'queue', 'allow', 'cancelPrevious'] as const)
  return { type: 'schedule', expression: 'rate(2 minutes)', timezone: 'UTC', overlap, parameters: {} }
}

function randomCollect(random: Random, name: string): ObjectTrigger {
  const until: Collect['until'] = random.pick([
    { type: 'count', count: random.integer(2, 4) },
    { type: 'quiet', seconds: 60 },
    { type: 'marker', name: '_DONE' },
  ])
  const collect: Collect = {
    by: '${trigger.group}',
    until,
    deadline: random.integer(2, 8) * 60,
    onDeadline: random.pick(['run', 'drop']),
    late: random.pick(['alert', 'run', 'ignore']),
  }
  return { type: 'object', bucket: 'in', key: `${name}/{group}/{file}.bam`, minSize: 1, collect }
}

/** The firings of a schedule. */
export function firingsOf(
  { name: workflow, trigger }: Beginning,
  count: number,
): readonly { readonly trigger: Trigger; readonly expected: ExpectedFiring }[] {
  if (trigger.type !== 'schedule') return []
  const schedule = scheduleId(trigger)
  return Array.from({ length: count }, (_, index) => {
    const at = index * 2 * MINUTE
    const scheduledTime = START + at
    const firing = { workflow, schedule, scheduledTime: new Date(scheduledTime).toISOString() }
    const runId = runIdOf(STACK, workflow, { type: 'schedule', schedule, scheduledTime })
    const expected = { runId, key: firingKey(workflow, schedule, scheduledTime), overlap: trigger.overlap }
    return { trigger: { type: 'firing', at, body: JSON.stringify(firing) }, expected }
  })
}

/** Objects of one or two sets: in time, late, and now and then with their marker. */
export function objectsOf(
  random: Random,
  { name: workflow, trigger }: Beginning,
): { readonly triggers: readonly Trigger[]; readonly sets: readonly ExpectedSet[] } {
  if (trigger.type !== 'object' || trigger.collect === undefined) return { triggers: [], sets: [] }
  const { collect } = trigger
  const triggers: Trigger[] = []
  const sets: ExpectedSet[] = []
  for (const group of ['g', 'h'].slice(0, random.integer(1, 2))) {
    const keys = Array.from({ length: random.integer(1, 5) }, (_, file) => `${workflow}/${group}/${file}.bam`)
    for (const key of keys) triggers.push(uploadOf(key, randomTime(random)))
    if (collect.until.type === 'marker' && random.chance(0.8))
      triggers.push(uploadOf(`${workflow}/${group}/_DONE`, randomTime(random)))
    sets.push({ workflow, trigger: triggerText(trigger), by: group, keys, late: collect.late })
  }
  return { triggers, sets }
}

/** Most within the first minutes, some when the set is long closed. */
function randomTime(random: Random): number {
  return Math.floor(random.next() * (random.chance(0.8) ? 2 : 10) * MINUTE)
}

export function uploadOf(key: string, at: number, sequencer = '00'): Trigger {
  const detail = { bucket: { name: 'in' }, object: { key, size: 1, sequencer } }
  return { type: 'object', at, body: JSON.stringify({ 'detail-type': 'Object Created', detail }) }
}
