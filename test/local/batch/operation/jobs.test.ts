import {
  CancelJobCommand,
  CancelJobsCommand,
  DescribeJobsCommand,
  ListJobsCommand,
  type ListJobsCommandInput,
  ListTagsForResourceCommand,
  paginateListJobs,
  TagResourceCommand,
  TerminateJobCommand,
  TerminateJobsCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-batch'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LocalBatch } from '../local-batch.ts'
import { furnish, submit } from '../local-batch-setup.ts'

let local: LocalBatch
let running: string
let array: string
const waiting: string[] = []
const ARN = 'arn:aws:batch:eu-central-1:000000000000'

beforeAll(async () => {
  local = await LocalBatch.open({ timeoutGrace: 10 })
  await furnish(local, 1)
  running = await submit(local, { jobName: 'Runs', containerOverrides: { command: ['sleep', '60'] } })
  for (const jobName of ['Wait-1', 'wait-2', 'other']) waiting.push(await submit(local, { jobName }))
  array = await submit(local, { jobName: 'array', arrayProperties: { size: 3 } })
  await local.event(`${array}:2`, 'RUNNABLE')
  await local.event(running, 'RUNNING')
})
afterAll(() => local.close())

const list = async (input: ListJobsCommandInput) => {
  const answer = await local.client.send(new ListJobsCommand(input))
  return (answer.jobSummaryList ?? []).map(({ jobName, jobId }) =>
    jobId?.includes(':') ? jobId.split(':')[1] : jobName,
  )
}
const filtered = (name: string, ...values: string[]) =>
  list({ jobQueue: 'main', filters: [{ name, values }] })

describe('ListJobs', () => {
  it.each<[title: string, input: ListJobsCommandInput, names: readonly string[]]>([
    ['RUNNING jobs when no status is named', { jobQueue: 'main' }, ['Runs']],
    [
      'the newest first',
      { jobQueue: `${ARN}:job-queue/main`, jobStatus: 'RUNNABLE' },
      ['other', 'wait-2', 'Wait-1'],
    ],
    ['array parents among the PENDING', { jobQueue: 'main', jobStatus: 'PENDING' }, ['array']],
  ])('gives %s', async (_title, input, names) => expect(await list(input)).toEqual(names))

  it('gives the children of an array by status', async () => {
    expect(await list({ arrayJobId: array })).toEqual([])
    expect(await list({ arrayJobId: array, jobStatus: 'RUNNABLE' })).toEqual(['0', '1', '2'])
  })

  it.each([
    ['JOB_NAME', 'wait-1', ['Wait-1']],
    ['JOB_NAME', 'WAIT*', ['wait-2', 'Wait-1']],
    ['JOB_NAME', 'wait', []],
    ['JOB_DEFINITION', 'shell', ['array', 'other', 'wait-2', 'Wait-1', 'Runs']],
    ['JOB_DEFINITION', 'shell:1', ['array', 'other', 'wait-2', 'Wait-1', 'Runs']],
    ['JOB_DEFINITION', 'Shell', []],
    ['JOB_DEFINITION', 'sh*', ['array', 'other', 'wait-2', 'Wait-1', 'Runs']],
    ['JOB_DEFINITION', `${ARN}:job-definition/shell:1`, ['array', 'other', 'wait-2', 'Wait-1', 'Runs']],
    ['BEFORE_CREATED_AT', '1', []],
    ['AFTER_CREATED_AT', '1', ['array', 'other', 'wait-2', 'Wait-1', 'Runs']],
  ])('filters by %s %s, whatever the status', async (name, value, names) => {
    expect(await filtered(name, value)).toEqual(names)
  })

  it('pages', async () => {
    const pages: (string | undefined)[][] = []
    const input = { jobQueue: 'main', filters: [{ name: 'JOB_DEFINITION', values: ['shell'] }] }
    for await (const page of paginateListJobs({ client: local.client, pageSize: 2 }, input)) {
      pages.push((page.jobSummaryList ?? []).map(({ jobName }) => jobName))
    }
    expect(pages).toEqual([['array', 'other'], ['wait-2', 'Wait-1'], ['Runs']])
  })

  it.each<[title: string, input: ListJobsCommandInput, message: string]>([
    ['nothing to list from', {}, 'exactly one of'],
    ['two things to list from', { jobQueue: 'main', arrayJobId: 'x' }, 'exactly one of'],
    ['an unknown queue', { jobQueue: 'none' }, 'JobQueue none not found.'],
    [
      'two filters',
      {
        jobQueue: 'main',
        filters: [
          { name: 'JOB_NAME', values: ['a'] },
          { name: 'JOB_NAME', values: ['b'] },
        ],
      },
      'Only one filter',
    ],
    [
      'a time that is none',
      { jobQueue: 'main', filters: [{ name: 'BEFORE_CREATED_AT', values: ['now'] }] },
      'milliseconds',
    ],
    ['a token of somebody else', { jobQueue: 'main', nextToken: 'abc' }, 'nextToken'],
  ])('refuses %s', async (_title, input, message) => await expect(list(input)).rejects.toThrow(message))
})

describe('DescribeJobs', () => {
  it('leaves out what it does not know, and takes ARNs', async () => {
    const jobs = ['none', `${ARN}:job/${running}`, `${array}:1`, `${array}:3`]
    const answer = await local.client.send(new DescribeJobsCommand({ jobs }))
    expect(answer.jobs?.map(job => job.jobId)).toEqual([running, `${array}:1`])
    expect(answer.jobs?.[0]).toMatchObject({ status: 'RUNNING', startedAt: expect.any(Number) })
    expect(answer.jobs?.[1]?.arrayProperties).toEqual({ index: 1 })
  })

  it('refuses more than 100 ids', async () => {
    const jobs = Array.from({ length: 101 }, (_, at) => `${at}`)
    await expect(local.client.send(new DescribeJobsCommand({ jobs }))).rejects.toThrow(
      'Maximum number of jobs supported is 100',
    )
  })
})

describe('CancelJobs and TerminateJobs', () => {
  const unknown = '00000000-0000-4000-8000-000000000000'

  it('stop each job by itself; unknown jobs count as stopped, malformed ids are told', async () => {
    const jobId = waiting[0] ?? ''
    const child = `${ARN}:job/${array}:2`
    const cancel = new CancelJobsCommand({ jobs: [jobId, 'none', unknown], reason: 'all of them' })
    const { successful, errors } = await local.client.send(cancel)
    expect(successful).toEqual([jobId, unknown])
    expect(errors).toEqual([
      { job: 'none', code: 'ValidationException', message: 'none is not the id of a job.' },
    ])
    expect(await local.ended(jobId)).toMatchObject({ status: 'FAILED', statusReason: 'all of them' })
    await local.client.send(new TerminateJobsCommand({ jobs: [child], reason: 'one child' }))
    expect(await local.ended(`${array}:2`)).toMatchObject({ status: 'FAILED', statusReason: 'one child' })
  })

  it.each([
    ['no jobs', [], 'x', 'jobs is required.'],
    ['51 jobs', Array<string>(51).fill(unknown), 'x', 'at most 50 entries, not 51'],
    ['no reason', [unknown], '', 'reason is required.'],
  ])('refuse %s', async (_title, jobs, reason, message) => {
    await expect(local.client.send(new CancelJobsCommand({ jobs, reason }))).rejects.toThrow(message)
  })
})

describe('CancelJob and TerminateJob', () => {
  it('need a reason of at most 1,024 characters', async () => {
    const cancel = (reason: string) => local.client.send(new CancelJobCommand({ jobId: running, reason }))
    await expect(cancel('')).rejects.toThrow('reason is required.')
    await expect(cancel('x'.repeat(1025))).rejects.toThrow('at most 1024')
  })

  it('count unknown jobs as stopped', async () => {
    await local.client.send(new TerminateJobCommand({ jobId: 'none', reason: 'x' }))
  })

  it('cancel what waits and leave what runs; terminate what runs', async () => {
    const jobId = waiting.at(-1) ?? ''
    for (const each of [jobId, running])
      await local.client.send(new CancelJobCommand({ jobId: each, reason: 'no' }))
    expect(await local.ended(jobId)).toMatchObject({ status: 'FAILED', statusReason: 'no' })
    expect(await list({ jobQueue: 'main' })).toEqual(['Runs'])
    await local.client.send(new TerminateJobCommand({ jobId: running, reason: 'now' }))
    expect(await local.ended(running)).toMatchObject({ status: 'FAILED', statusReason: 'now' })
  })
})

describe('tags', () => {
  it.each(['job', 'job-queue/main', 'compute-environment/machine', 'job-definition/shell:1'])(
    'of a %s are added, listed and removed',
    async name => {
      const resourceArn = `${ARN}:${name === 'job' ? `job/${running}` : name}`
      await local.client.send(new TagResourceCommand({ resourceArn, tags: { a: '1', 'b c': 'ü/&' } }))
      await local.client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a', 'x'] }))
      const { tags } = await local.client.send(new ListTagsForResourceCommand({ resourceArn }))
      expect(tags).toEqual({ 'b c': 'ü/&' })
    },
  )

  it.each([
    ['job/none', 'not found'],
    ['job-queue/none', 'not found'],
  ])('of %s are refused', async (name, message) => {
    const call = local.client.send(new ListTagsForResourceCommand({ resourceArn: `${ARN}:${name}` }))
    await expect(call).rejects.toThrow(message)
  })

  it('of a child are refused', async () => {
    const resourceArn = `${ARN}:job/${array}:1`
    await expect(local.client.send(new ListTagsForResourceCommand({ resourceArn }))).rejects.toThrow(
      'not supported for the children',
    )
  })
})
