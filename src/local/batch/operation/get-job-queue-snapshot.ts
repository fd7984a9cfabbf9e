import { type Job, jobIdOf } from '../engine/job.ts'
import type { ShareUse } from '../engine/shares.ts'
import { arnOf } from '../resource/arn.ts'
import type { Members } from '../wire/members.ts'
import { type Context, operation } from './context.ts'
import { knownQueue } from './job-queue.ts'

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_GetJobQueueSnapshot.html */
export const getJobQueueSnapshot = operation(validate, act)

const FRONT = 100
const MOST_SHARES = 20

function validate(members: Members): string {
  return members.requiredText('jobQueue')
}

/** The first 100 RUNNABLE jobs in the order they will start, and who uses how much. */
function act(context: Context, nameOrArn: string): object {
  const queue = knownQueue(context, nameOrArn)
  const now = context.now()
  const jobs = first(context.engine.inLine(queue.jobQueueName, now), FRONT).map(job => ({
    jobArn: arnOf(context.identity, 'job', jobIdOf(job)),
    earliestTimeAtPosition: context.engine.atPositionSince(job),
  }))
  const frontOfQueue = { jobs, lastUpdatedAt: now }
  if (queue.schedulingPolicyArn === undefined) return { frontOfQueue }
  const shares = context.engine.shares(queue.jobQueueName, now)
  return { frontOfQueue, queueUtilization: { ...utilization(shares), lastUpdatedAt: now } }
}

function utilization(shares: readonly ShareUse[]): object {
  const using = shares.filter(({ vcpus }) => vcpus > 0).sort((a, b) => b.vcpus - a.vcpus)
  return {
    totalCapacityUsage: usage(using.reduce((sum, { vcpus }) => sum + vcpus, 0)),
    fairshareUtilization: {
      activeShareCount: using.length,
      topCapacityUtilization: using
        .slice(0, MOST_SHARES)
        .map(({ identifier, vcpus }) => ({ shareIdentifier: identifier, capacityUsage: usage(vcpus) })),
    },
  }
}

function usage(quantity: number): readonly object[] {
  return [{ capacityUnit: 'VCPU', quantity }]
}

function first(jobs: Iterable<Job>, count: number): readonly Job[] {
  const taken: Job[] = []
  for (const job of jobs) if (taken.push(job) === count) break
  return taken
}
