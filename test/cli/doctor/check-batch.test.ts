import { describe, expect, it } from 'vitest'
import type { JobLine } from '../../../src/aws/batch-reader.ts'
import type { DescribedQueue } from '../../../src/aws/queue-reader.ts'
import { noJobIsStuck, queuesAreValid } from '../../../src/cli/doctor/check-batch.ts'
import { NOW, patientOf, queue } from './patient.ts'

const MINUTE = 60_000

describe('the check of the queues', () => {
  it.each<[string, readonly DescribedQueue[], readonly RegExp[]]>([
    ['is content with a good one', [queue('default')], []],
    ['finds one that is not there', [], [/The job queue default, which workflows use, is not there/]],
    ['finds a disabled one', [queue('default', { isEnabled: false })], [/default is disabled/]],
    [
      "finds the stack's own invalid one",
      [queue('default'), queue('batchwise-dev-spot', { isValid: false, statusReason: 'no environment' })],
      [/batchwise-dev-spot is not valid: no environment/],
    ],
    ["leaves other people's queues alone", [queue('default'), queue('theirs', { isEnabled: false })], []],
  ])('%s', async (_title, queues, problems) => {
    const findings = await queuesAreValid.run(patientOf({ queues }))
    expect(findings).toHaveLength(problems.length)
    for (const [index, problem] of problems.entries()) expect(findings[index]?.problem).toMatch(problem)
  })
})

describe('the check for stuck jobs', () => {
  const job = (minutes: number, statusReason?: string): JobLine => ({
    jobId: 'id',
    jobName: 'job',
    status: 'RUNNABLE',
    createdAt: NOW - minutes * MINUTE,
    ...(statusReason !== undefined && { statusReason }),
  })

  it.each<[string, JobLine, readonly string[]]>([
    ['gives a job time to be placed', job(9, 'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT'), []],
    [
      'says why one is not placed',
      job(75, 'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT'),
      [
        'job has been waiting in default for 1h15m: no instance type of the compute environment is large enough for the job.',
      ],
    ],
    [
      'says that nobody knows',
      job(11),
      ['job has been waiting in default for 11m00s: AWS Batch gives no reason.'],
    ],
  ])('%s', async (_title, waiting, problems) => {
    const findings = await noJobIsStuck.run(patientOf({ queues: [queue('default')], waiting: [waiting] }))
    expect(findings.map(({ problem }) => problem)).toEqual(problems)
  })
})
