import { closingWrite, collectedWrite, fateWrite, takeClaimWrite } from '../core/collect/collect-writes.ts'
import { contentHash, type Member, manifestOf } from '../core/collect/collection.ts'
import { applied } from '../core/run/item-semantics.ts'
import type { Snapshot } from '../core/run/job-view.ts'
import { slotOf } from '../core/run/slot.ts'
import { outputOf } from '../core/run/submission-request.ts'
import type { Round } from './round.ts'
import type { Service } from './service.ts'

/** Members that are decided about at once. */
const AT_ONCE = 25
/** Nobody is decided about in the claim's last 10 s: who was paused leaves it to who takes over. */
const TAKE_MARGIN = 10_000

/** From here on the set takes no more members. */
export async function closeSet(service: Service, snapshot: Snapshot): Promise<Round> {
  const write = closingWrite(snapshot.run)
  if (!(await service.store.write(write))) return { snapshot, stale: true }
  return { snapshot: { ...snapshot, run: applied(snapshot.run, write) }, stale: false }
}

/**
 * Decides who is a member, writes the manifest and lets the run begin. Each member is decided about by one write, against
 * which a late delivery loses or wins; after a crash the same again comes to the same.
 */
export async function takeMembers(service: Service, snapshot: Snapshot): Promise<Round> {
  const { store, clock, objects } = service
  const { run, definition } = snapshot
  const claim = takeClaimWrite(run, clock.now())
  if (!(await store.write(claim))) return { snapshot, stale: true }
  const claimed = applied(run, claim)
  const members = await taken(service, run.runId, claimed.collect?.claimedUntil ?? 0)
  if (members === undefined) return { snapshot, stale: true }
  const manifest = manifestOf(members)
  // Named by its content: who was paused here, and knows fewer members, cannot change the manifest of who took over.
  const uri = `${outputOf(run, definition.outputBucket)}/_batchwise/${contentHash(manifest)}/objects.jsonl`
  await objects.create(uri, manifest)
  const values = { ...run.trigger.values, count: String(members.length), objects: uri }
  const trigger = { ...run.trigger, values }
  const slot = slotOf(definition.workflow, trigger, run.parameters)
  const write = collectedWrite(claimed, trigger, slot, clock.now())
  if (!(await store.write(write))) return { snapshot, stale: true }
  service.log.record('set-closed', { runId: run.runId, workflow: run.workflow, members: members.length })
  await service.queue.send(run.runId)
  return { snapshot: { ...snapshot, run: applied(claimed, write) }, stale: false }
}

/** @returns undefined when the claim has ended meanwhile */
async function taken(
  { store, clock }: Service,
  runId: string,
  until: number,
): Promise<readonly Member[] | undefined> {
  const open = (await store.members(runId)).filter(({ fate }) => fate !== 'late')
  const found: Member[] = []
  for (let start = 0; start < open.length; start += AT_ONCE) {
    if (clock.now() >= until - TAKE_MARGIN) return undefined
    const some = open.slice(start, start + AT_ONCE)
    const fates = await Promise.all(some.map(({ key }) => store.write(fateWrite(runId, key, 'taken'))))
    found.push(...some.filter((_member, index) => fates[index]))
  }
  return found
}
