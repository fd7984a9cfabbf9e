import type { Member } from '../../../src/core/collect/collection.ts'
import type { Run } from '../../../src/core/run/run.ts'
import { runIdOf } from '../../../src/core/run/run-identity.ts'
import { type ExpectedSet, STACK } from '../workload/workload.ts'
import type { RestWorld } from './check-rest.ts'

/** Generations that a delivery opened and, having slept too long, came too late for as well. */
const MOST_IN_VAIN = 8

/** One run per set and generation; each object in one manifest at most, and in none that it came too late for. */
export function checkSets(world: RestWorld, may: Set<string>): void {
  for (const set of world.workload.sets ?? []) checkSet(world, set, may)
}

function checkSet(
  { store, objects, deadLetters, report }: RestWorld,
  { workflow, trigger, by, keys, late }: ExpectedSet,
  may: Set<string>,
): void {
  const listed = new Map<string, number>()
  const known = new Set<string>()
  for (let generation = 1; generation <= keys.length + MOST_IN_VAIN; generation++) {
    const runId = runIdOf(STACK, workflow, { type: 'set', trigger, by, generation })
    const run = store.readRun(runId)
    if (run === undefined) continue
    if (generation > 1 && late !== 'run')
      report('one run per set', `run ${runId} is of generation ${generation}`)
    may.add(runId)
    const members = store.members(runId)
    for (const { key, fate } of members) {
      known.add(key)
      const isLeft = fate === undefined && run.collect?.state === 'closed' && deadLetters.length === 0
      if (isLeft) report('no object of a set is forgotten', `${key} was put into ${runId} when it was closed`)
    }
    for (const key of checkManifest(run, members, manifestOf(run, objects.texts), report))
      listed.set(key, (listed.get(key) ?? 0) + 1)
  }
  for (const [key, times] of listed)
    if (times > 1) report('each object is in one manifest', `${key} is in ${times}`)
  if (deadLetters.length > 0) return
  for (const key of keys)
    if (!known.has(key)) report('no object of a set is forgotten', `${key} of ${workflow} ${by}`)
}

function manifestOf({ trigger }: Run, texts: ReadonlyMap<string, string>): readonly string[] | undefined {
  const text = texts.get(trigger.values['objects'] ?? '')
  return text
    ?.split('\n')
    .filter(line => line !== '')
    .map(line => String((JSON.parse(line) as { key: string }).key))
}

/** @returns what is in the manifest */
function checkManifest(
  { runId, collect }: Run,
  members: readonly Member[],
  manifest: readonly string[] | undefined,
  report: RestWorld['report'],
): readonly string[] {
  const taken = members.filter(({ fate }) => fate === 'taken').map(({ key }) => key)
  if (collect?.state !== 'closed') return []
  if ([...(manifest ?? [])].sort().join() !== [...taken].sort().join())
    report('the manifest is what was taken', `run ${runId}: ${manifest?.join()} of ${taken.join()}`)
  return manifest ?? []
}
