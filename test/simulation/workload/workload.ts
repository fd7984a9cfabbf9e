import { type Definition, defineWorkflow } from '../../../src/core/run/definition.ts'
import { objectIdentity } from '../../../src/core/run/object-trigger.ts'
import { runIdOf } from '../../../src/core/run/run-identity.ts'
import { matchObject } from '../../../src/core/workflow/match-trigger.ts'
import type { Profile } from '../profile.ts'
import { createRandom, type Random } from '../random.ts'
import { randomWorkflow } from './graph.ts'

/** What people and other systems do from outside, before any run exists. */
export interface Workload {
  /** As deployed at the start, and after a deploy at `deployAt` (milliseconds after the start). */
  readonly definitions: readonly Definition[]
  readonly later: readonly Definition[]
  readonly deployAt: number
  readonly triggers: readonly Trigger[]
  /** The runs that these triggers must start, each once. */
  readonly runIds: ReadonlySet<string>
}

export interface Trigger {
  readonly type: 'object' | 'request'
  /** Milliseconds after the start. */
  readonly at: number
  readonly body: string
}

export const STACK = 'simulated'
const KIND = 5001
const DEPLOY_WITHIN = 5 * 60_000
const TRIGGERS_WITHIN = 2 * 60_000

export function randomWorkload(seed: number, profile: Profile): Workload {
  const random = createRandom(seed, KIND)
  const names = ['one', 'two', 'three'].slice(0, random.integer(1, 3))
  const keys = names.map(() => `${random.pick(['', 'a/'])}{file}.csv`)
  const definitionsOf = () =>
    names.map((name, index) => {
      const { invalid } = profile
      const workflow = randomWorkflow(random, name, sizeOf(random, profile.jobs), {
        key: keys[index] ?? '',
        invalid,
      })
      return defineWorkflow(workflow, STACK, { outputBucket: 'out' })
    })
  const definitions = definitionsOf()
  const later = random.chance(0.2) ? definitionsOf() : definitions
  const runIds = new Set<string>()
  const triggers: Trigger[] = []
  const count = random.integer(1, 3)
  for (let index = 0; index < count; index++) {
    const at = Math.floor(random.next() * TRIGGERS_WITHIN)
    triggers.push(
      random.chance(0.6)
        ? upload(random, definitions, index, at, runIds)
        : request(random.pick(names), `${seed}-${index}`, at, runIds),
    )
  }
  return { definitions, later, deployAt: random.next() * DEPLOY_WITHIN, triggers, runIds }
}

/** 1 to `most` jobs, most often about a third of it. */
function sizeOf(random: Random, most: number): number {
  return Math.min(most, Math.max(1, Math.round(most * random.next() * random.next() + 3 * random.next())))
}

function upload(
  random: Random,
  definitions: readonly Definition[],
  index: number,
  at: number,
  runIds: Set<string>,
): Trigger {
  const object = {
    bucket: 'in',
    key: `${random.pick(['', 'a/'])}${random.pick(['x', 'y'])}.csv`,
    size: 1,
    time: '',
    sequencer: `00${index}`,
  }
  const workflows = definitions.map(({ workflow }) => workflow)
  for (const { workflow } of matchObject(workflows, object))
    runIds.add(runIdOf(STACK, workflow.name, objectIdentity(object)))
  const detail = {
    bucket: { name: object.bucket },
    object: { key: object.key, size: object.size, sequencer: object.sequencer },
  }
  return { type: 'object', at, body: JSON.stringify({ 'detail-type': 'Object Created', detail }) }
}

function request(workflow: string, requestId: string, at: number, runIds: Set<string>): Trigger {
  runIds.add(runIdOf(STACK, workflow, { type: 'manual', requestId }))
  const detail = { workflow, requestId }
  return { type: 'request', at, body: JSON.stringify({ 'detail-type': 'Start Requested', detail }) }
}
