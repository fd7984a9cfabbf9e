import {
  CreateJobQueueCommand,
  CreateSchedulingPolicyCommand,
  type CreateSchedulingPolicyCommandInput,
  DeleteJobQueueCommand,
  DeleteSchedulingPolicyCommand,
  DescribeJobsCommand,
  DescribeSchedulingPoliciesCommand,
  GetJobQueueSnapshotCommand,
  ListJobsCommand,
  ListSchedulingPoliciesCommand,
  ListTagsForResourceCommand,
  type SubmitJobCommandInput,
  TagResourceCommand,
  UpdateJobQueueCommand,
  UpdateSchedulingPolicyCommand,
} from '@aws-sdk/client-batch'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LocalBatch } from '../local-batch.ts'
import { furnish, register, submit } from '../local-batch-setup.ts'

const ARN = 'arn:aws:batch:eu-central-1:000000000000:scheduling-policy/fair'

let local: LocalBatch
beforeEach(async () => {
  local = await LocalBatch.open()
  await furnish(local, 1)
})
afterEach(() => local.close())

const create = (input: Partial<CreateSchedulingPolicyCommandInput> = {}) =>
  local.client.send(new CreateSchedulingPolicyCommand({ name: 'fair', ...input }))
const describePolicy = async () =>
  (await local.client.send(new DescribeSchedulingPoliciesCommand({ arns: [ARN, `${ARN}-none`] })))
    .schedulingPolicies
const createQueue = () =>
  local.client.send(
    new CreateJobQueueCommand({
      jobQueueName: 'shared',
      priority: 1,
      schedulingPolicyArn: ARN,
      computeEnvironmentOrder: [{ order: 1, computeEnvironment: 'machine' }],
    }),
  )
const submitShare = (jobName: string, input: Partial<SubmitJobCommandInput> = {}) =>
  submit(local, {
    jobName,
    jobQueue: 'shared',
    shareIdentifier: jobName,
    schedulingPriorityOverride: 1,
    ...input,
  })

describe('a scheduling policy', () => {
  it('is made, described, listed, tagged, updated and deleted', async () => {
    const shareDistribution = [{ shareIdentifier: 'A*', weightFactor: 0.5 }, { shareIdentifier: 'B' }]
    const made = await create({
      fairsharePolicy: { shareDecaySeconds: 60, shareDistribution },
      tags: { a: '1' },
    })
    expect(made).toMatchObject({ name: 'fair', arn: ARN })
    expect(await describePolicy()).toEqual([
      {
        name: 'fair',
        arn: ARN,
        fairsharePolicy: {
          shareDecaySeconds: 60,
          computeReservation: 0,
          shareDistribution: [
            { shareIdentifier: 'A*', weightFactor: 0.5 },
            { shareIdentifier: 'B', weightFactor: 1 },
          ],
        },
        tags: { a: '1' },
      },
    ])
    await local.client.send(
      new UpdateSchedulingPolicyCommand({ arn: ARN, fairsharePolicy: { computeReservation: 5 } }),
    )
    await local.client.send(new TagResourceCommand({ resourceArn: ARN, tags: { b: '2' } }))
    const { tags } = await local.client.send(new ListTagsForResourceCommand({ resourceArn: ARN }))
    expect(tags).toEqual({ a: '1', b: '2' })
    expect((await describePolicy())?.[0]?.fairsharePolicy).toMatchObject({
      computeReservation: 5,
      shareDistribution: [],
    })
    const { schedulingPolicies } = await local.client.send(new ListSchedulingPoliciesCommand({}))
    expect(schedulingPolicies).toEqual([{ arn: ARN }])
    await local.client.send(new DeleteSchedulingPolicyCommand({ arn: ARN }))
    expect(await describePolicy()).toEqual([])
  })

  it.each<[title: string, input: Partial<CreateSchedulingPolicyCommandInput>, message: string]>([
    ['a bad name', { name: 'a.b' }, 'is not supported pattern'],
    ['a decay over a week', { fairsharePolicy: { shareDecaySeconds: 604_801 } }, 'between 0 and 604800'],
    ['a reservation of 100 %', { fairsharePolicy: { computeReservation: 100 } }, 'between 0 and 99'],
    [
      'a weight of 0',
      { fairsharePolicy: { shareDistribution: [{ shareIdentifier: 'a', weightFactor: 0 }] } },
      'between 0.0001 and 999.9999',
    ],
    [
      'an identifier with a dash',
      { fairsharePolicy: { shareDistribution: [{ shareIdentifier: 'a-b' }] } },
      '1 to 255 letters and digits',
    ],
    [
      'identifiers that overlap',
      {
        fairsharePolicy: {
          shareDistribution: [{ shareIdentifier: 'UserA1' }, { shareIdentifier: 'UserA*' }],
        },
      },
      'UserA* and UserA1 overlap',
    ],
    ['quota shares', { quotaSharePolicy: { idleResourceAssignmentStrategy: 'FIFO' } }, 'not available'],
  ])('is refused with %s', async (_title, input, message) => {
    await expect(create(input)).rejects.toThrow(message)
  })

  it('stays while a queue has it, and can be replaced but not added', async () => {
    await create()
    await createQueue()
    await expect(create()).rejects.toThrow('Object already exists')
    const drop = () => local.client.send(new DeleteSchedulingPolicyCommand({ arn: ARN }))
    await expect(drop()).rejects.toThrow('attached to JobQueue shared')
    const attach = new UpdateJobQueueCommand({ jobQueue: 'main', schedulingPolicyArn: ARN })
    await expect(local.client.send(attach)).rejects.toThrow('made without a scheduling policy')
    const { arn } = await create({ name: 'other' })
    await local.client.send(
      new UpdateJobQueueCommand({ jobQueue: 'shared', state: 'DISABLED', schedulingPolicyArn: arn }),
    )
    await drop()
    await local.client.send(new DeleteJobQueueCommand({ jobQueue: 'shared' }))
  })
})

describe('a job on a queue with a scheduling policy', () => {
  beforeEach(async () => {
    await create()
    await createQueue()
  })

  it.each<[title: string, input: Partial<SubmitJobCommandInput>, message: string]>([
    ['a share identifier', { schedulingPriorityOverride: 1 }, 'shareIdentifier must be specified.'],
    [
      'a scheduling priority',
      { shareIdentifier: 'a' },
      'Either schedulingPriority in job definition or schedulingPriorityOverride should be specified.',
    ],
    [
      'a priority within bounds',
      { shareIdentifier: 'a', schedulingPriorityOverride: 10_000 },
      'between 0 and 9999',
    ],
    ['a plain identifier', { shareIdentifier: 'a b', schedulingPriorityOverride: 1 }, 'letters and digits'],
  ])('needs %s', async (_title, input, message) => {
    await expect(submit(local, { jobQueue: 'shared', ...input })).rejects.toThrow(message)
  })

  it('takes the priority of its definition, and tells of share and priority', async () => {
    const jobDefinition = await register(local, { jobDefinitionName: 'ranked', schedulingPriority: 7 })
    const jobId = await submit(local, { jobQueue: 'shared', jobDefinition, shareIdentifier: 'a' })
    const ended = await local.ended(jobId)
    expect(ended).toMatchObject({ status: 'SUCCEEDED', shareIdentifier: 'a', schedulingPriority: 7 })
    const { jobs } = await local.client.send(new DescribeJobsCommand({ jobs: [jobId] }))
    expect(jobs?.[0]).toMatchObject({ shareIdentifier: 'a', schedulingPriority: 7 })
  })

  it('is listed by share identifier, with a status too, and stands in the snapshot where it will start', async () => {
    const sleep = { containerOverrides: { command: ['sleep', '60'] } }
    await local.event(await submitShare('a', sleep), 'RUNNING')
    for (const [jobName, shareIdentifier] of [
      ['a2', 'a'],
      ['b1', 'b'],
      ['c1', 'c'],
    ] as const)
      await local.event(await submitShare(jobName, { shareIdentifier }), 'RUNNABLE')
    const filters = [{ name: 'SHARE_IDENTIFIER', values: ['a'] }]
    const list = async (jobStatus?: 'RUNNABLE') => {
      const input = { jobQueue: 'shared', filters, ...(jobStatus && { jobStatus }) }
      return (await local.client.send(new ListJobsCommand(input))).jobSummaryList?.map(job => job.jobName)
    }
    expect(await list()).toEqual(['a2', 'a'])
    expect(await list('RUNNABLE')).toEqual(['a2'])
    const snapshot = await local.client.send(new GetJobQueueSnapshotCommand({ jobQueue: 'shared' }))
    expect(snapshot.frontOfQueue?.jobs).toHaveLength(3)
    expect(snapshot.queueUtilization).toMatchObject({
      totalCapacityUsage: [{ capacityUnit: 'VCPU', quantity: 1 }],
      fairshareUtilization: {
        activeShareCount: 1,
        topCapacityUtilization: [
          { shareIdentifier: 'a', capacityUsage: [{ capacityUnit: 'VCPU', quantity: 1 }] },
        ],
      },
    })
  })

  it('may be for one of 500 share identifiers at most', async () => {
    await submitShare('s0', { containerOverrides: { command: ['sleep', '60'] } })
    for (let at = 1; at < 500; at += 1) await submitShare(`s${at}`)
    await expect(submitShare('oneMore')).rejects.toThrow('at most 500 active share identifiers')
    await submitShare('s1')
  })
})
