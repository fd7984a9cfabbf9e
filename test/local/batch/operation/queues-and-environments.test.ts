import {
  CreateComputeEnvironmentCommand,
  CreateJobQueueCommand,
  type CreateJobQueueCommandInput,
  DeleteComputeEnvironmentCommand,
  DeleteJobQueueCommand,
  DescribeComputeEnvironmentsCommand,
  DescribeJobQueuesCommand,
  GetJobQueueSnapshotCommand,
  UpdateComputeEnvironmentCommand,
  UpdateJobQueueCommand,
} from '@aws-sdk/client-batch'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LocalBatch } from '../local-batch.ts'
import { furnish, submit } from '../local-batch-setup.ts'

let local: LocalBatch
beforeEach(async () => {
  local = await LocalBatch.open()
  await furnish(local, 1)
})
afterEach(() => local.close())

const ARN = 'arn:aws:batch:eu-central-1:000000000000'
const createEnvironment = (computeEnvironmentName: string, type: 'EC2' | 'FARGATE' = 'EC2') =>
  local.client.send(
    new CreateComputeEnvironmentCommand({
      computeEnvironmentName,
      type: 'MANAGED',
      computeResources: { type, maxvCpus: 1, subnets: [] },
    }),
  )
const createQueue = (input: Partial<CreateJobQueueCommandInput>) =>
  local.client.send(new CreateJobQueueCommand({ jobQueueName: 'other', priority: 1, ...input }))
const order = (...names: readonly string[]) => ({
  computeEnvironmentOrder: names.map((computeEnvironment, at) => ({ order: 10 - at, computeEnvironment })),
})

describe('a compute environment', () => {
  it('is described as VALID, by name and ARN', async () => {
    const names = ['machine', `${ARN}:compute-environment/machine`, 'none']
    const answer = await local.client.send(
      new DescribeComputeEnvironmentsCommand({ computeEnvironments: names }),
    )
    expect(answer.computeEnvironments).toHaveLength(2)
    expect(answer.computeEnvironments?.[0]).toMatchObject({
      computeEnvironmentArn: names[1],
      status: 'VALID',
      state: 'ENABLED',
      computeResources: { maxvCpus: 1, subnets: ['subnet-1'] },
    })
  })

  it('has a name of its own', async () => {
    await expect(createEnvironment('machine')).rejects.toThrow('Object already exists')
  })

  it('lets more in when it grows, and nothing while it is disabled', async () => {
    const update = (input: object) =>
      local.client.send(new UpdateComputeEnvironmentCommand({ computeEnvironment: 'machine', ...input }))
    await update({ state: 'DISABLED' })
    const first = await submit(local, { containerOverrides: { command: ['sleep', '60'] } })
    const second = await submit(local)
    await local.event(second, 'RUNNABLE')
    expect(local.details(first).map(({ status }) => status)).toEqual(['RUNNABLE'])
    await update({ state: 'ENABLED', computeResources: { maxvCpus: 2 } })
    await local.ended(second)
  })

  it('is deleted when it is disabled and no queue names it', async () => {
    const remove = () =>
      local.client.send(new DeleteComputeEnvironmentCommand({ computeEnvironment: 'machine' }))
    await expect(remove()).rejects.toThrow('must be in DISABLED state')
    await local.client.send(
      new UpdateComputeEnvironmentCommand({ computeEnvironment: 'machine', state: 'DISABLED' }),
    )
    await expect(remove()).rejects.toThrow('found existing JobQueue relationship')
    await local.client.send(new UpdateJobQueueCommand({ jobQueue: 'main', state: 'DISABLED' }))
    await local.client.send(new DeleteJobQueueCommand({ jobQueue: 'main' }))
    await remove()
    const { computeEnvironments } = await local.client.send(new DescribeComputeEnvironmentsCommand({}))
    expect(computeEnvironments).toEqual([])
  })
})

describe('a job queue', () => {
  it('is described with its environments in ascending order', async () => {
    await createEnvironment('second')
    await createQueue(order('machine', 'second'))
    const { jobQueues } = await local.client.send(
      new DescribeJobQueuesCommand({ jobQueues: ['other', 'none'] }),
    )
    expect(jobQueues).toMatchObject([
      {
        jobQueueArn: `${ARN}:job-queue/other`,
        status: 'VALID',
        jobQueueType: 'ECS',
        computeEnvironmentOrder: [
          { order: 9, computeEnvironment: `${ARN}:compute-environment/second` },
          { order: 10, computeEnvironment: `${ARN}:compute-environment/machine` },
        ],
      },
    ])
  })

  it.each<[title: string, input: Partial<CreateJobQueueCommandInput>, message: string]>([
    ['of a name that is taken', { jobQueueName: 'main', ...order('machine') }, 'Object already exists'],
    ['over nothing', order(), '1 to 3 compute environments'],
    ['over four', order('machine', 'machine', 'machine', 'machine'), '1 to 3 compute environments'],
    ['over what is not there', order('none'), 'ComputeEnvironment none not found.'],
    ['over Fargate and EC2', order('machine', 'fargate'), 'cannot mix Fargate and EC2'],
    [
      'with an unknown scheduling policy',
      { ...order('machine'), schedulingPolicyArn: 'arn' },
      'SchedulingPolicy arn not found.',
    ],
  ])('%s is refused', async (_title, input, message) => {
    await createEnvironment('fargate', 'FARGATE')
    await expect(createQueue(input)).rejects.toThrow(message)
  })

  it('shows who is next in line', async () => {
    await submit(local, { containerOverrides: { command: ['sleep', '60'] } })
    const waiting = [await submit(local), await submit(local)]
    await local.event(waiting[1] ?? '', 'RUNNABLE')
    const { frontOfQueue } = await local.client.send(new GetJobQueueSnapshotCommand({ jobQueue: 'main' }))
    expect(frontOfQueue?.jobs?.map(job => job.jobArn)).toEqual(waiting.map(jobId => `${ARN}:job/${jobId}`))
  })

  it('takes its jobs along when it is deleted', async () => {
    const running = await submit(local, { containerOverrides: { command: ['sleep', '60'] } })
    const waiting = await submit(local, { dependsOn: [{ jobId: running }] })
    await local.event(running, 'STARTING')
    const remove = () => local.client.send(new DeleteJobQueueCommand({ jobQueue: 'main' }))
    await expect(remove()).rejects.toThrow('must be in DISABLED state')
    await local.client.send(new UpdateJobQueueCommand({ jobQueue: 'main', state: 'DISABLED' }))
    await remove()
    expect(await local.ended(waiting)).toMatchObject({ statusReason: 'JobQueue deleted' })
  })
})
