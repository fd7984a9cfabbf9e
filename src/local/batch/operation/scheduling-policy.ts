import { covers, type FairSharePolicy } from '../engine/fair-share-policy.ts'
import type { FairsharePolicy, JobQueue, SchedulingPolicy, ShareAttributes } from '../resource/records.ts'
import type { Members } from '../wire/members.ts'
import { clientException } from '../wire/wire-error.ts'
import type { Context } from './context.ts'

const WEEK = 604_800
/** Seconds that a decay of 0 stands for. */
const SHORTEST_DECAY = 600
const SHARE_IDENTIFIER = /^[0-9A-Za-z]{1,255}\*?$/
const MOST_SHARES = 500

/** Reads `fairsharePolicy`; what is left out is equal for all. */
export function parseFairShare(members: Members): FairsharePolicy {
  members.refuse('quotaSharePolicy')
  const policy = members.object('fairsharePolicy')
  const shareDistribution = (policy?.list('shareDistribution') ?? []).map(parseAttributes)
  checkOverlaps(shareDistribution.map(each => each.shareIdentifier))
  return {
    shareDecaySeconds: policy?.integer('shareDecaySeconds', 0, WEEK) ?? 0,
    computeReservation: policy?.integer('computeReservation', 0, 99) ?? 0,
    shareDistribution,
  }
}

/** @throws ClientException when there is none */
export function knownPolicy(context: Context, arn: string): SchedulingPolicy {
  const policy = context.registry.findPolicy(arn)
  if (policy === undefined) throw clientException(`SchedulingPolicy ${arn} not found.`)
  return policy
}

/** The queues that this policy is attached to. */
export function queuesWith({ registry }: Context, { arn }: SchedulingPolicy): readonly JobQueue[] {
  return [...registry.queues.values()].filter(queue => queue.schedulingPolicyArn === arn)
}

/** What the engine makes of the policy of a queue. */
export function fairShareOf(context: Context, queue: JobQueue): FairSharePolicy | undefined {
  if (queue.schedulingPolicyArn === undefined) return undefined
  const { fairsharePolicy } = knownPolicy(context, queue.schedulingPolicyArn)
  return {
    window: (fairsharePolicy.shareDecaySeconds || SHORTEST_DECAY) * 1000,
    reservation: fairsharePolicy.computeReservation,
    weights: fairsharePolicy.shareDistribution.map(({ shareIdentifier, weightFactor }) => ({
      identifier: shareIdentifier,
      weight: weightFactor,
    })),
  }
}

/** True for a name that a job's share identifier or, with `*` at its end, an entry of a policy may have. */
export function isShareIdentifier(text: string): boolean {
  return SHARE_IDENTIFIER.test(text)
}

/** @throws ClientException when the queue has as many share identifiers as it may have, and this is another one */
export function checkShareLimit({ engine, now }: Context, queue: string, identifier: string): void {
  const active = engine.shares(queue, now())
  if (active.length < MOST_SHARES || active.some(share => share.identifier === identifier)) return
  throw clientException(`JobQueue ${queue} may have at most ${MOST_SHARES} active share identifiers.`)
}

function parseAttributes(members: Members): ShareAttributes {
  const shareIdentifier = members.requiredText('shareIdentifier')
  if (!isShareIdentifier(shareIdentifier)) {
    throw clientException(
      `shareIdentifier ${JSON.stringify(shareIdentifier)} must be 1 to 255 letters and digits; a * may follow.`,
    )
  }
  const weightFactor = members.number('weightFactor', 0.0001, 999.9999) ?? 1
  return { shareIdentifier, weightFactor }
}

function checkOverlaps(identifiers: readonly string[]): void {
  if (identifiers.length > MOST_SHARES) {
    throw clientException(`shareDistribution may have at most ${MOST_SHARES} entries.`)
  }
  for (const [at, one] of identifiers.entries()) {
    const other = identifiers.find((each, index) => index !== at && covers(one, each))
    if (other !== undefined) throw clientException(`shareDistribution: ${one} and ${other} overlap.`)
  }
}
