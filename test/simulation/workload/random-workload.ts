import { type Definition, defineWorkflow } from '../../../src/core/run/definition.ts'
import { objectIdentity } from '../../../src/core/run/object-trigger.ts'
import { runIdOf } from '../../../src/core/run/run-identity.ts'
import { matchObject } from '../../../src/core/workflow/match-trigger.ts'
import type { Profile } from '../profile.ts'
import { createRandom, type Random } from '../random.ts'
import { firingsOf, objectsOf, randomBeginning, uploadOf } from './beginnings.ts'
import { withExecutions } from './executions.ts'
import { randomWorkflow } from './graph.ts'
import { STACK, type Trigger, type Workload } from './workload.ts'

const KIND = 5001
const DEPLOY_WITHIN = 5 * 60_000
const TRIGGERS_WITHIN = 2 * 60_000

export function randomWorkload(seed: number, profile: Profile): Workload {
  const random = createRandom(seed, KIND)
  const names = ['one', 'two', 'three'].slice(0, random.integer(1, 3))
  const beginnings = names.map((name, index) => randomBeginning(random, name, names[index - 1]))
  const definitionsOf = () =>
    beginnings.map(beginning => {
      const workflow = randomWorkflow(random, beginning, sizeOf(random, profile.jobs), profile.invalid)
      return defineWorkflow(withExecutions(seed, workflow), STACK, { outputBucket: 'out' })
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
  const firings = beginnings.flatMap(beginning => firingsOf(beginning, random.integer(1, 4)))
  const objects = beginnings.map(beginning => objectsOf(random, beginning))
  return {
    ...{ definitions, later, runIds },
    deployAt: random.next() * DEPLOY_WITHIN,
    triggers: [
      ...triggers,
      ...firings.map(({ trigger }) => trigger),
      ...objects.flatMap(({ triggers }) => triggers),
    ],
    firings: firings.map(({ expected }) => expected),
    followers: beginnings.flatMap(({ name, trigger }) =>
      trigger.type === 'after' ? [{ workflow: name, of: trigger.workflow, status: trigger.status }] : [],
    ),
    sets: objects.flatMap(({ sets }) => sets),
  }
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
  return uploadOf(object.key, at, object.sequencer)
}

function request(workflow: string, requestId: string, at: number, runIds: Set<string>): Trigger {
  runIds.add(runIdOf(STACK, workflow, { type: 'manual', requestId }))
  const detail = { workflow, requestId }
  return { type: 'request', at, body: JSON.stringify({ 'detail-type': 'Start Requested', detail }) }
}
