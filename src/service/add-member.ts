import { isComplete } from '../core/collect/collect-decision.ts'
import {
  arrivedWrite,
  fateWrite,
  generationKey,
  generationWrite,
  lateMembersWrite,
  memberKey,
  memberWrite,
  tooLateWrite,
} from '../core/collect/collect-writes.ts'
import { type Member, memberOf, setOf, sharedNames, triggerText } from '../core/collect/collection.ts'
import { BatchwiseError } from '../core/errors.ts'
import type { ObjectCreated } from '../core/event/object-created.ts'
import { runIdOf } from '../core/run/run-identity.ts'
import type { TriggerMatch } from '../core/workflow/match-trigger.ts'
import { parameterValues } from '../core/workflow/parameter-values.ts'
import type { Collect } from '../core/workflow/workflow.ts'
import type { Recorder } from './service.ts'
import { startRun } from './start-run.ts'

/** Deliveries that race each other for one member or one generation. */
const MOST_TRIES = 20

interface SetPlace {
  readonly match: TriggerMatch
  readonly collect: Collect
  readonly by: string
  readonly setId: string
  readonly parent: string | undefined
}

/**
 * Adds an object to its set: the run that gathers it, begun with the first one. The same delivery again changes nothing,
 * before or after the set was closed; of an object that comes too late the trigger's `late` decides.
 */
export async function addMember(
  service: Recorder,
  match: TriggerMatch,
  object: ObjectCreated,
  parent: string | undefined,
): Promise<void> {
  const by = setOf(match.trigger, match.captures)
  const { collect } = match.trigger
  if (by === undefined || collect === undefined) return
  const place = { match, collect, by, setId: idOf(service, match, by, 0), parent }
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const generation = await generationOf(service, place.setId)
    const done = match.isMarker
      ? await mark(service, place, generation, memberOf(object))
      : await add(service, place, generation, memberOf(object))
    if (done) return
  }
  throw new BatchwiseError(
    'E_BUSY',
    `The set "${by}" of workflow "${match.workflow.name}" is written by too many at once.`,
    {
      retryable: true,
    },
  )
}

function idOf(
  { settings }: Recorder,
  { workflow, trigger }: TriggerMatch,
  by: string,
  generation: number,
): string {
  return runIdOf(settings.stack, workflow.name, {
    type: 'set',
    trigger: triggerText(trigger),
    by,
    generation,
  })
}

async function generationOf({ store }: Recorder, setId: string): Promise<number> {
  const stored = await store.readItem(generationKey(setId))
  return stored === undefined ? 1 : Number(stored['generation'])
}

/** @returns false when it is to be tried again: another delivery was faster, or the next generation was opened */
async function add(service: Recorder, place: SetPlace, generation: number, member: Member): Promise<boolean> {
  const { store, clock } = service
  for (let earlier = 1; earlier < generation; earlier++) {
    const before = idOf(service, place.match, place.by, earlier)
    const there = await knownMember(service, before, member)
    if (there === undefined && !(await store.write(tooLateWrite(before, member, clock.now())))) return false
    if (there?.version !== member.version) continue
    if (await hasPlace(service, before, there)) return true
    // Its first delivery may have died here: who closes that set takes it, or it is late.
    if (there.fate === undefined && !(await store.write(fateWrite(before, member.key, 'late')))) return true
  }
  const runId = await begin(service, place, generation)
  const known = await knownMember(service, runId, member)
  if (known?.version === member.version && (await hasPlace(service, runId, known))) return true
  if (known?.fate !== undefined) return tooLate(service, place, generation, runId)
  const isNew = known?.version !== member.version
  if (isNew && !(await store.write(memberWrite(runId, member, known, clock.now())))) return false
  if (!(await store.write(arrivedWrite(runId, member, clock.now())))) {
    // The set was closed: either who closed it saw this member, or it is late. One write decides.
    const isLate = await store.write(fateWrite(runId, member.key, 'late'))
    return isLate ? tooLate(service, place, generation, runId) : true
  }
  await lookIfComplete(service, place, runId, member)
  return true
}

async function lookIfComplete(
  { store, clock, queue }: Recorder,
  { collect }: SetPlace,
  runId: string,
  member: Member,
): Promise<void> {
  const { until } = collect
  if (until.type === 'count') {
    if (!isComplete(collect, (await store.members(runId)).length)) return
    await store.write(arrivedWrite(runId, member, clock.now(), { complete: true }))
    return queue.send(runId)
  }
  if (until.type !== 'manifest') return
  // Who may read the manifest finds out whether all is there; he is asked when it may be.
  const { manifest, expected = 0 } = (await store.readRun(runId))?.collect ?? {}
  if (manifest !== undefined && (await store.members(runId)).length >= expected) await queue.send(runId)
}

/** The set has taken it, or was given up with it: a retry goes on with what had come. */
async function hasPlace({ store }: Recorder, runId: string, { fate }: Member): Promise<boolean> {
  if (fate !== undefined) return fate === 'taken'
  const run = await store.readRun(runId)
  return run?.status !== 'COLLECTING' && run?.collect?.state === 'open'
}

async function knownMember({ store }: Recorder, runId: string, { key }: Member): Promise<Member | undefined> {
  return (await store.readItem(memberKey(runId, key))) as Member | undefined
}

/** A marker or manifest that comes again, or after all, finds a set that is closed. */
async function mark(service: Recorder, place: SetPlace, generation: number, object: Member): Promise<true> {
  const runId = await begin(service, place, generation)
  const what = place.collect.until.type === 'manifest' ? { manifest: object.key } : { complete: true }
  await service.store.write(arrivedWrite(runId, object, service.clock.now(), what))
  if (what.manifest !== undefined) await service.queue.send(runId)
  return true
}

function begin(service: Recorder, { match, by, parent }: SetPlace, generation: number): Promise<string> {
  const { workflow, trigger, triggerIndex, captures } = match
  const shared = trigger.collect ? sharedNames(trigger.collect) : []
  const values = Object.fromEntries(
    shared.flatMap(name => (captures[name] === undefined ? [] : [[name, captures[name]]])),
  )
  return startRun(service, {
    workflow: workflow.name,
    identity: { type: 'set', trigger: triggerText(trigger), by, generation },
    trigger: { type: 'object', values: { ...values, bucket: trigger.bucket } },
    parameters: parameterValues(workflow.parameters, {}),
    collect: { trigger: triggerIndex, by, generation, state: 'open', lastAt: service.clock.now() },
    ...(parent !== undefined && { parent }),
  })
}

/** @returns false when the object belongs to the next generation */
async function tooLate(
  service: Recorder,
  { collect, setId, match }: SetPlace,
  generation: number,
  runId: string,
): Promise<boolean> {
  const { store, queue, clock, log } = service
  log.record('member-late', { runId, workflow: match.workflow.name })
  switch (collect.late) {
    case 'ignore':
      return true
    case 'alert':
      await store.write(lateMembersWrite(runId, clock.now()))
      await queue.send(runId)
      return true
    case 'run':
      await store.write(generationWrite(setId, generation))
      return false
  }
}
