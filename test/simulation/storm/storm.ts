import { defineWorkflow } from '../../../src/core/run/definition.ts'
import { objectIdentity } from '../../../src/core/run/object-trigger.ts'
import { runIdOf } from '../../../src/core/run/run-identity.ts'
import type { BatchJob } from '../batch/batch-job.ts'
import { QUOTA } from '../batch/batch-model.ts'
import { jobAfter, UNDISTURBED } from '../exhaustive/six-jobs.ts'
import { simulate } from '../simulate.ts'
import { STACK, type Workload } from '../workload/workload.ts'
import type { World } from '../world.ts'
import { quotaUse, type Waited } from './quota-use.ts'

export interface StormReport {
  readonly uploads: number
  readonly submitted: number
  /** Virtual seconds in which work waited. */
  readonly seconds: number
  /** Part of Batch's 50 SubmitJob a second that was used meanwhile. */
  readonly used: number
  /** SubmitJob calls that Batch answered with 429. */
  readonly throttled: number
  /** Virtual seconds from the first upload to the last run's end. */
  readonly lasted: number
  readonly wrongs: readonly string[]
}

/** The jobs of each run: two that Batch chains, and one by event. */
const JOBS = { a: jobAfter([]), b: jobAfter(['a']), c: { ...jobAfter(['b']), when: 'always' as const } }
/** Work waits until so few are left: those may be waiting for their turn after a 429. */
const LAST = 2 * QUOTA
/** Virtual milliseconds. */
const UPLOADED_WITHIN = 10_000

/** Many uploads at once against Batch's limit, on the simulator: the real functions, nothing that breaks, virtual time. */
export async function simulateStorm(uploads: number, seed = 1): Promise<StormReport> {
  const { world, violations, calls, lasted } = await simulate({
    seed,
    profile: UNDISTURBED,
    workload: stormOf(uploads),
    isCrowded: true,
    restWithin: 24 * 60 * 60_000,
  })
  const jobs = world.batch.jobs()
  const { seconds, used } = quotaUse(
    jobs.map(job => waitedFor(job, world)),
    QUOTA,
    LAST,
  )
  return {
    ...{ uploads, submitted: jobs.length, seconds, lasted: lasted / 1000 },
    used,
    throttled: (calls['advance batch.submit'] ?? 0) - jobs.length,
    wrongs: [
      ...violations.map(({ invariant, message }) => `${invariant}: ${message}`),
      ...(jobs.length === uploads * 3 ? [] : [`${jobs.length} jobs were submitted, not ${uploads * 3}`]),
    ],
  }
}

/** The first two jobs are ready with their run, the third when the second has ended. */
function waitedFor({ jobName, createdAt }: BatchJob, { store, batch }: World): Waited {
  const [, , job = '', runId = ''] = jobName.split('_')
  const before = job === 'c' ? batch.jobsNamed(`${STACK}_storm_b_${runId}_1`)[0]?.stoppedAt : undefined
  return { readyAt: before ?? store.readRun(runId)?.createdAt ?? createdAt, submittedAt: createdAt }
}

function stormOf(uploads: number): Workload {
  const workflow = {
    ...{ name: 'storm', chaining: 'auto' as const, tags: {}, parameters: {}, jobs: JOBS },
    triggers: [{ type: 'object' as const, bucket: 'in', key: '{name}.csv', minSize: 1 }],
  }
  const definitions = [defineWorkflow(workflow, STACK, { outputBucket: 'out' })]
  const objects = Array.from({ length: uploads }, (_, index) => {
    const sequencer = index.toString(16).padStart(8, '0')
    return { bucket: 'in', key: `${index}.csv`, size: 1, time: '', sequencer }
  })
  return {
    definitions,
    later: definitions,
    deployAt: 0,
    triggers: objects.map(({ bucket, key, size, sequencer }, index) => ({
      type: 'object',
      at: Math.floor((index * UPLOADED_WITHIN) / uploads),
      body: JSON.stringify({
        'detail-type': 'Object Created',
        detail: { bucket: { name: bucket }, object: { key, size, sequencer } },
      }),
    })),
    runIds: new Set(objects.map(object => runIdOf(STACK, 'storm', objectIdentity(object)))),
  }
}
