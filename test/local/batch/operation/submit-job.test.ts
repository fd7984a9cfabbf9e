import {
  CreateComputeEnvironmentCommand,
  CreateJobQueueCommand,
  DescribeJobsCommand,
  type SubmitJobCommandInput,
  UpdateJobQueueCommand,
} from '@aws-sdk/client-batch'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LocalBatch } from '../local-batch.ts'
import { furnish, register, submit } from '../local-batch-setup.ts'

let local: LocalBatch
let array: string
beforeAll(async () => {
  local = await LocalBatch.open()
  await furnish(local)
  array = await submit(local, { arrayProperties: { size: 2 } })
  await local.client.send(
    new CreateComputeEnvironmentCommand({
      computeEnvironmentName: 'fargate',
      type: 'MANAGED',
      computeResources: { type: 'FARGATE', maxvCpus: 4, subnets: ['subnet-1'] },
    }),
  )
  await local.client.send(
    new CreateJobQueueCommand({
      jobQueueName: 'fargate',
      priority: 1,
      computeEnvironmentOrder: [{ order: 1, computeEnvironment: 'fargate' }],
    }),
  )
})
afterAll(() => local.close())

const environment = (name: string, value = '') => ({ containerOverrides: { environment: [{ name, value }] } })
const requiring = (type: 'VCPU' | 'MEMORY' | 'GPU', value: string) => ({
  containerOverrides: { resourceRequirements: [{ type, value }] },
})

const share =
  'Job with shareIdentifier or schedulingPriority can onlybe submitted to job queue with fair share scheduling policy.'

describe('refuses', () => {
  it.each<[title: string, input: Partial<SubmitJobCommandInput>, message: string]>([
    ['a name with a dot', { jobName: 'a.b' }, 'Job name should match valid pattern'],
    ['a name that begins with -', { jobName: '-a' }, 'Job name should match valid pattern'],
    ['a name of 129 characters', { jobName: 'a'.repeat(129) }, 'Job name should match valid pattern'],
    ['an unknown queue', { jobQueue: 'none' }, 'JobQueue none not found.'],
    [
      'an unknown definition',
      { jobDefinition: 'none' },
      'JobDefinition name none does not exist or is not in ACTIVE status',
    ],
    [
      'an unknown revision',
      { jobDefinition: 'shell:99' },
      'JobDefinition name shell:99 does not exist or is not in ACTIVE status',
    ],
    [
      'a revision that is no number',
      { jobDefinition: 'shell:latest' },
      'is not supported pattern[a-zA-Z_0-9-]{1,128}',
    ],
    [
      'a definition for EC2 on a queue for Fargate',
      { jobQueue: 'fargate' },
      'Job Queue is attached to Compute Environment that can not run Jobs with capability EC2',
    ],
    [
      '21 dependencies',
      { dependsOn: Array(21).fill({ jobId: 'x' }) },
      'Job cannot have more than 20 dependencies',
    ],
    ['an unknown dependency', { dependsOn: [{ jobId: 'x' }] }, 'Dependent job x not found'],
    ['a dependency on nothing', { dependsOn: [{}] }, 'needs a jobId'],
    ['SEQUENTIAL without an array', { dependsOn: [{ type: 'SEQUENTIAL' }] }, 'for array jobs only'],
    [
      'an array of 1',
      { arrayProperties: { size: 1 } },
      'arrayProperties.size must be between 2 and 10000, not 1.',
    ],
    ['an array of 10,001', { arrayProperties: { size: 10_001 } }, 'between 2 and 10000'],
    ['a share identifier', { shareIdentifier: 'a' }, share],
    ['a scheduling priority', { schedulingPriorityOverride: 1 }, share],
    ['an empty retry strategy', { retryStrategy: {} }, 'RetryAttempts must be provided with retry strategy'],
    ['11 attempts', { retryStrategy: { attempts: 11 } }, 'between 1 and 10'],
    [
      'a pattern Batch does not know',
      { retryStrategy: { attempts: 2, evaluateOnExit: [{ onReason: 'a(b)', action: 'RETRY' }] } },
      'characters Batch does not match',
    ],
    [
      'a star in the middle',
      { retryStrategy: { attempts: 2, evaluateOnExit: [{ onReason: 'a*b', action: 'RETRY' }] } },
      'characters Batch does not match',
    ],
    [
      '6 rules',
      { retryStrategy: { attempts: 2, evaluateOnExit: Array(6).fill({ onReason: '*', action: 'EXIT' }) } },
      'at most 5',
    ],
    [
      'a timeout of 59 seconds',
      { timeout: { attemptDurationSeconds: 59 } },
      'attemptDurationSeconds must be between 60',
    ],
    [
      'a missing parameter',
      { containerOverrides: { command: ['Ref::key'] } },
      'Unable to substitute value. No parameter found for reference key',
    ],
    ['an empty argument', { containerOverrides: { command: [''] } }, 'must not contain an empty string'],
    ['a variable of Batch', environment('AWS_BATCH_MINE'), 'is reserved'],
    ['half a processor on EC2', requiring('VCPU', '0.5'), 'whole number of at least 1'],
    ['too little memory', requiring('MEMORY', '3'), 'at least 4 MiB'],
    ['31 KiB', environment('BIG', 'x'.repeat(31 * 1024)), 'at most 30720 bytes'],
    [
      '51 tags',
      { tags: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`k${at}`, ''])) },
      'at most 50 tags',
    ],
  ])('%s', async (_title, input, message) => {
    const error = await submit(local, input).catch(reason => reason)
    expect(error).toMatchObject({ name: 'ClientException', $metadata: { httpStatusCode: 400 } })
    expect(error.message).toContain(message)
  })

  it('N_TO_N between arrays of different sizes, or with a job that is none', async () => {
    const dependsOn = [{ jobId: array, type: 'N_TO_N' as const }]
    await expect(submit(local, { dependsOn, arrayProperties: { size: 3 } })).rejects.toThrow(
      'arrays of one size, not 3 on 2',
    )
    await expect(submit(local, { dependsOn })).rejects.toThrow('N_TO_N is for an array job')
  })

  it('jobs for a disabled queue', async () => {
    const state = (to: 'ENABLED' | 'DISABLED') =>
      local.client.send(new UpdateJobQueueCommand({ jobQueue: 'main', state: to }))
    await state('DISABLED')
    await expect(submit(local)).rejects.toThrow('JobQueue main is DISABLED')
    await state('ENABLED')
  })
})

describe('accepts', () => {
  const described = async (jobId: string) =>
    (await local.client.send(new DescribeJobsCommand({ jobs: [jobId] }))).jobs?.[0]

  it('names, revisions and ARNs alike', async () => {
    const definition = await register(local)
    const jobQueue = 'arn:aws:batch:eu-central-1:000000000000:job-queue/main'
    for (const jobDefinition of [
      'shell',
      definition,
      definition.replace(/:\d+$/, ''),
      definition.split('/')[1] ?? '',
    ]) {
      const job = await described(await submit(local, { jobQueue, jobDefinition }))
      expect(job).toMatchObject({ jobDefinition: definition, jobQueue })
    }
  })

  it('overrides of the definition, key by key', async () => {
    const jobDefinition = await register(local, {
      jobDefinitionName: 'full',
      parameters: { in: 'default', out: 'kept' },
      retryStrategy: { attempts: 3 },
      timeout: { attemptDurationSeconds: 100 },
      containerProperties: {
        image: 'busybox',
        command: ['echo', 'Ref::in', 'Ref::out'],
        environment: [
          { name: 'A', value: '1' },
          { name: 'B', value: '1' },
        ],
        vcpus: 1,
        memory: 64,
        jobRoleArn: 'arn:aws:iam::000000000000:role/job',
      },
    })
    const job = await described(
      await submit(local, {
        jobDefinition,
        parameters: { in: 'mine' },
        timeout: { attemptDurationSeconds: 200 },
        tags: { team: 'a' },
        ...requiring('MEMORY', '128'),
        ...{
          containerOverrides: {
            ...environment('B', '2').containerOverrides,
            ...requiring('MEMORY', '128').containerOverrides,
            vcpus: 9,
          },
        },
      }),
    )
    expect(job).toMatchObject({
      parameters: { in: 'mine', out: 'kept' },
      retryStrategy: { attempts: 3, evaluateOnExit: [] },
      timeout: { attemptDurationSeconds: 200 },
      tags: { team: 'a' },
      container: {
        command: ['echo', 'mine', 'kept'],
        environment: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
        resourceRequirements: [
          { type: 'VCPU', value: '1' },
          { type: 'MEMORY', value: '128' },
        ],
        jobRoleArn: 'arn:aws:iam::000000000000:role/job',
      },
    })
  })

  it('overrides that are too long, and fails the job when its turn comes', async () => {
    const ended = await local.ended(await submit(local, environment('BIG', 'x'.repeat(7680))))
    expect(ended).toMatchObject({
      status: 'FAILED',
      statusReason: 'Container Overrides length must be at most 8192',
      attempts: [],
    })
    expect(await local.ended(await submit(local, environment('BIG', 'x'.repeat(7000))))).toMatchObject({
      status: 'SUCCEEDED',
    })
  })

  it('empty objects and lists as if they were not there', async () => {
    const nothing = {
      arrayProperties: {},
      containerOverrides: { command: [], environment: [], resourceRequirements: [] },
      nodeOverrides: {},
      eksPropertiesOverride: {},
      ecsPropertiesOverride: {},
      consumableResourcePropertiesOverride: {},
      timeout: {},
      parameters: {},
      dependsOn: [],
      tags: {},
    }
    const job = await described(await submit(local, nothing as Partial<SubmitJobCommandInput>))
    expect(job?.container?.command).toEqual(['true'])
    expect(job).not.toHaveProperty('arrayProperties')
    expect(job).not.toHaveProperty('timeout')
  })

  it('a dependency on one child', async () => {
    expect((await local.ended(await submit(local, { dependsOn: [{ jobId: `${array}:1` }] }))).status).toBe(
      'SUCCEEDED',
    )
  })
})
