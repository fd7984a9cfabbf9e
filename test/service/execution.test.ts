import { describe, expect, it } from 'vitest'
import { parseJobNews } from '../../src/core/event/job-news.ts'
import type { Workflow } from '../../src/core/workflow/workflow.ts'
import { advance } from '../../src/service/advance.ts'
import { carryOutRequest } from '../../src/service/carry-out-request.ts'
import { recordNews } from '../../src/service/record-news.ts'
import { sweep } from '../../src/service/sweep.ts'
import { definitionOf, NOW } from '../core/run/given.ts'
import { memoryService } from './memory-service.ts'

const MACHINE = 'arn:aws:states:eu-west-1:123456789012:stateMachine:train'
const GRAPH = {
  train: {
    container: { type: 'stateMachine' as const, stateMachine: MACHINE, input: { run: '${run.id}' } },
    jobQueue: MACHINE,
  },
  tell: { command: ['tell', '${jobs.train.output.model}'], dependsOn: [{ job: 'train' }] },
}
const ON_FAILURE: Partial<Workflow> = { alerts: { on: ['failed'], sms: false, stuckAfter: 60 } }
const always = () => 60_000

/** A run of the graph whose execution has been started. */
async function begun(graph: Parameters<typeof definitionOf>[0] = GRAPH) {
  const memory = memoryService([definitionOf(graph, ON_FAILURE)])
  const { service } = memory
  const sent: unknown[] = []
  const batch = { ...service.batch, submit: recording(service.batch.submit, sent) }
  const stateMachines = { ...service.stateMachines, start: recording(service.stateMachines.start, sent) }
  const watched = { ...memory, service: { ...service, batch, stateMachines }, sent }
  await carryOutRequest(watched.service, {
    ...{ type: 'start', requestId: 'r-1', workflow: 'w', parameters: {} },
  })
  const [{ runId = '' } = {}] = memory.runs()
  await advance(watched.service, runId, always)
  const executionArn = `arn:aws:states:eu-west-1:123456789012:execution:train:train_${runId}_1`
  return { ...watched, runId, executionArn }
}

function recording<Asked, Answer>(call: (asked: Asked) => Answer, sent: unknown[]) {
  return (asked: Asked): Answer => {
    sent.push(asked)
    return call(asked)
  }
}

/** The event of AWS, in whole. */
const event = (executionArn: string, status: string, more: object = {}) =>
  JSON.stringify({
    ...{ version: '0', id: '315c1398-40ff-a850-213b-158f73e60175', source: 'aws.states' },
    'detail-type': 'Step Functions Execution Status Change',
    ...{ account: '123456789012', time: '2026-11-21T02:00:00Z', region: 'eu-west-1' },
    resources: [executionArn],
    detail: {
      ...{ executionArn, stateMachineArn: MACHINE, name: executionArn.split(':').at(-1), status },
      ...{ startDate: NOW - 5_000, stopDate: status === 'RUNNING' ? null : NOW, input: '{}', output: null },
      ...{ inputDetails: { included: true }, outputDetails: null, error: null, cause: null, ...more },
    },
  })

async function hear({ service }: Awaited<ReturnType<typeof begun>>, body: string): Promise<void> {
  const news = parseJobNews(body)
  if (news !== undefined) await recordNews(service, news)
}

describe('a job that is an execution', () => {
  it('is started once, named after run, job and submission', async () => {
    const run = await begun()
    await advance(run.service, run.runId, always)
    expect(run.sent).toEqual([
      { stateMachineArn: MACHINE, name: `train_${run.runId}_1`, input: JSON.stringify({ run: run.runId }) },
    ])
    expect(await run.service.store.readJob(run.runId, 'train')).toMatchObject({
      ...{ state: 'SUBMITTED', jobId: run.executionArn, queue: MACHINE },
    })
  })

  it('lets its dependents begin with its output, at its end', async () => {
    const run = await begun()
    await hear(run, event(run.executionArn, 'SUCCEEDED'))
    const change = { jobName: 'x', jobId: run.executionArn, status: 'SUCCEEDED' as const, attempts: 1 }
    run.executions.set(run.executionArn, { change, startedAt: NOW, output: { model: 'm-7' } })
    await advance(run.service, run.runId, always)
    expect(run.sent[1]).toMatchObject({ containerOverrides: { command: ['tell', 'm-7'] } })
  })

  it('waits when its output cannot be had just now, and submits nothing', async () => {
    const run = await begun()
    await hear(run, event(run.executionArn, 'SUCCEEDED'))
    const away = async () => {
      throw new Error('ThrottlingException')
    }
    const service = { ...run.service, stateMachines: { ...run.service.stateMachines, describe: away } }
    await advance(service, run.runId, always)
    expect(run.sent).toHaveLength(1)
    expect(await service.store.readJob(run.runId, 'tell')).toMatchObject({ state: 'WAITING' })
  })

  it.each([
    ['FAILED', { error: 'Train.Bad', cause: 'no data' }, 'Train.Bad: no data'],
    ['TIMED_OUT', {}, 'timed out'],
    ['ABORTED', { error: 'Op', cause: 'by Ada' }, 'was stopped: Op: by Ada'],
  ])('fails with %s, and the mail says why', async (status, more, reason) => {
    const run = await begun()
    await hear(run, event(run.executionArn, status, more))
    await advance(run.service, run.runId, always)
    expect(await run.service.store.readRun(run.runId)).toMatchObject({ status: 'FAILED' })
    expect(run.alerts.map(({ email }) => email)).toEqual([
      expect.stringContaining(`Job train failed: ${reason}`),
    ])
  })

  it('keeps its end, whatever comes after it', async () => {
    const run = await begun()
    await hear(run, event(run.executionArn, 'SUCCEEDED'))
    await hear(run, event(run.executionArn, 'RUNNING'))
    await hear(run, event(run.executionArn, 'FAILED'))
    expect(await run.service.store.readJob(run.runId, 'train')).toMatchObject({ state: 'SUCCEEDED' })
    expect(run.stopped).toEqual([])
  })

  it('passes over executions of others', async () => {
    const run = await begun()
    await hear(run, event('arn:aws:states:eu-west-1:123456789012:execution:train:by-hand', 'FAILED'))
    expect(run.logged.at(-1)).toBe('job-foreign')
  })

  it('is stopped when the run is cancelled', async () => {
    const run = await begun()
    await carryOutRequest(run.service, { type: 'cancel', runId: run.runId })
    await advance(run.service, run.runId, always)
    expect(run.stopped).toEqual([run.executionArn])
    await hear(run, event(run.executionArn, 'ABORTED'))
    await advance(run.service, run.runId, always)
    expect(await run.service.store.readRun(run.runId)).toMatchObject({ status: 'CANCELLED' })
  })

  it('is started anew by a retry, under the next name', async () => {
    const run = await begun()
    await hear(run, event(run.executionArn, 'FAILED'))
    await advance(run.service, run.runId, always)
    await carryOutRequest(run.service, { type: 'retry', runId: run.runId, wish: {} })
    await advance(run.service, run.runId, always)
    expect(run.sent[1]).toMatchObject({ name: `train_${run.runId}_2` })
  })

  it('is asked after when its end was told by no event', async () => {
    const run = await begun()
    const jobName = `train_${run.runId}_1`
    const change = { jobName, jobId: run.executionArn, status: 'SUCCEEDED' as const, attempts: 1 }
    run.executions.set(run.executionArn, { change, startedAt: NOW, output: {} })
    run.clock.time += 10 * 60_000
    await sweep(run.service)
    expect(await run.service.store.readJob(run.runId, 'train')).toMatchObject({ state: 'SUCCEEDED' })
  })

  it('does not keep the sweep from others when it cannot be asked after', async () => {
    const run = await begun()
    run.clock.time += 10 * 60_000
    const describe = async () => Promise.reject(new Error('AccessDeniedException'))
    const service = { ...run.service, stateMachines: { ...run.service.stateMachines, describe } }
    await sweep(service)
    expect(run.logged).toEqual(expect.arrayContaining(['execution-unread', 'swept']))
    const record = await service.store.readJob(run.runId, 'train')
    expect([record?.state, record?.misses]).toEqual(['SUBMITTED', undefined])
  })

  it('is found by its name when the answer to its start was lost', async () => {
    const memory = memoryService([definitionOf(GRAPH)])
    const names: string[] = []
    const start = async ({ name }: { readonly name: string }) => {
      names.push(name)
      return { type: 'unknown' as const, reason: 'timeout' }
    }
    const service = { ...memory.service, stateMachines: { ...memory.service.stateMachines, start } }
    await carryOutRequest(service, { type: 'start', requestId: 'r', workflow: 'w', parameters: {} })
    const [{ runId = '' } = {}] = memory.runs()
    await advance(service, runId, always)
    expect(await service.store.readJob(runId, 'train')).toMatchObject({ state: 'CLAIMED', ambiguous: true })
    const jobId = `arn:aws:states:eu-west-1:123456789012:execution:train:train_${runId}_1`
    const change = { jobName: `train_${runId}_1`, jobId, status: 'RUNNING' as const, attempts: 0 }
    memory.executions.set(jobId, { change, startedAt: NOW })
    memory.clock.time += 4 * 60_000
    await advance(service, runId, always)
    expect(await service.store.readJob(runId, 'train')).toMatchObject({ state: 'SUBMITTED', jobId })
    expect(names).toEqual([`train_${runId}_1`])
  })
})
