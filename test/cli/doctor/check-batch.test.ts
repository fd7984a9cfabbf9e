import { describe, expect, it } from 'vitest'
import type { DescribedQueue } from '../../../src/aws/queue-reader.ts'
import { noQueueIsStuck, queuesAreValid } from '../../../src/cli/doctor/check-batch.ts'
import { DEFAULT_ALERTS } from '../../../src/core/alert/alert-kind.ts'
import type { QueuePort } from '../../../src/ports.ts'
import { definitionOf } from '../../core/run/given.ts'
import { lookOf } from '../../core/stuck/look-of.ts'
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

describe('the check for stuck queues', () => {
  const headOf = (minutes: number, vcpu: number): QueuePort => ({
    head: async () => ({ jobId: 'id', since: NOW - minutes * MINUTE }),
    look: async () => lookOf({ job: { jobName: 'job', vcpu } }),
  })
  const nobody: QueuePort = { ...headOf(0, 1), head: async () => undefined }

  it.each<[string, QueuePort, readonly string[]]>([
    ['is content with an empty one', nobody, []],
    ['gives a job time to be placed', headOf(9, 8), []],
    [
      'says why one is not placed',
      headOf(75, 8),
      [
        'job has been first in default for 1h15m: no compute environment of the queue is large enough: it needs 8 vCPU, the largest has 4.',
      ],
    ],
    [
      'says that nobody knows',
      headOf(11, 1),
      [
        'job has been first in default for 11m00s: AWS Batch gives no reason; its environments are enabled, valid and large enough.',
      ],
    ],
  ])('%s', async (_title, waiting, problems) => {
    const findings = await noQueueIsStuck.run(patientOf({ queues: [queue('default')], waiting }))
    expect(findings.map(({ problem }) => problem)).toEqual(problems)
  })

  it('is no more patient than the workflows are', async () => {
    const alerts = { ...DEFAULT_ALERTS, stuckAfter: 60 }
    const patient = { queues: [queue('default')], definitions: [definitionOf({ a: {} }, { alerts })] }
    const findingsAfter = async (minutes: number) =>
      (await noQueueIsStuck.run(patientOf({ ...patient, waiting: headOf(minutes, 8) }))).length
    expect([await findingsAfter(0.9), await findingsAfter(1)]).toEqual([0, 1])
  })

  it.each([
    ['finds what was told, though the workflow has no run left', 'too-large', 1, 1],
    ['is content with what was told and is resolved', 'too-large', 20, 0],
    ['is content where another cause was told', 'full', 1, 0],
  ])('%s', async (_title, id, minutesAgo, count) => {
    const told = { revision: 1, causes: { [id]: NOW - minutesAgo * MINUTE } }
    const findings = await noQueueIsStuck.run(
      patientOf({ queues: [queue('default')], waiting: headOf(2, 8), told }),
    )
    expect(findings).toHaveLength(count)
  })

  it('says that local mode lowers what a job asks for', async () => {
    const findings = await noQueueIsStuck.run(
      patientOf({ queues: [queue('default')], waiting: headOf(20, 8), isLocal: true }),
    )
    expect(findings[0]?.mend).toMatch(/^Raise `maxvCpus`.*Local mode lowers what a job asks for/)
  })
})
