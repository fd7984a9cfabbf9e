import { describe, expect, it } from 'vitest'
import { parseRunRequest } from '../../src/core/event/run-request.ts'
import { advance } from '../../src/service/advance.ts'
import { carryOutRequest } from '../../src/service/carry-out-request.ts'
import { recordChange } from '../../src/service/record-change.ts'
import type { Service } from '../../src/service/service.ts'
import { definitionOf } from '../core/run/given.ts'
import { memoryService } from './memory-service.ts'

const TOKEN = 'AQCEAAAAKgAAAAMAAAAA/secret='
const always = () => 60_000
const asked = (detail: object, id = 'e-1') =>
  parseRunRequest(
    JSON.stringify({
      id,
      source: 'my.machine',
      'detail-type': 'Start Requested',
      detail: { workflow: 'w', ...detail },
    }),
  )

async function started(detail: object = { taskToken: TOKEN }) {
  const memory = memoryService([definitionOf({ a: {} })])
  await carryOutRequest(memory.service, asked(detail))
  const [{ runId = '' } = {}] = memory.runs()
  await advance(memory.service, runId, always)
  const end = async (status: 'SUCCEEDED' | 'FAILED', service: Service = memory.service) => {
    const record = await service.store.readJob(runId, 'a')
    const jobName = `test_w_a_${runId}_${record?.submission}`
    await recordChange(service, {
      ...{
        jobName,
        jobId: record?.jobId ?? '',
        status,
        attempts: 1,
        statusReason: 'Host EC2 (i-1) terminated.',
      },
    })
    await advance(service, runId, always)
  }
  return { ...memory, runId, end }
}

describe('a task that waits for a run', () => {
  it('is told nothing before the end, and then where the results are', async () => {
    const run = await started()
    expect(run.answers).toEqual([])
    await run.end('SUCCEEDED')
    expect(run.answers).toMatchObject([{ taskToken: TOKEN, type: 'succeeded' }])
    const [{ output }] = run.answers as [{ output: string }]
    expect(JSON.parse(output)).toMatchObject({
      ...{ runId: run.runId, workflow: 'w', status: 'SUCCEEDED', output: `s3://out/w/${run.runId}` },
    })
  })

  it('is told the root cause of a failure', async () => {
    const run = await started()
    await run.end('FAILED')
    expect(run.answers).toMatchObject([{ type: 'failed', error: 'Batchwise.Failed' }])
    const [{ cause }] = run.answers as [{ cause: string }]
    expect(JSON.parse(cause)).toMatchObject({ job: 'a', reason: expect.stringContaining('Spot reclaim') })
  })

  it('is told that the run was cancelled', async () => {
    const run = await started()
    await carryOutRequest(run.service, { type: 'cancel', runId: run.runId })
    await run.end('FAILED')
    expect(run.answers).toMatchObject([{ error: 'Batchwise.Cancelled' }])
  })

  it('is told once, and its token forgotten', async () => {
    const run = await started()
    await run.end('SUCCEEDED')
    await advance(run.service, run.runId, always)
    expect(run.answers).toHaveLength(1)
    expect(JSON.stringify(run.runs())).not.toContain(TOKEN)
  })

  it('is told later when Step Functions does not answer: the run stays due', async () => {
    const run = await started()
    const tasks = { answer: async () => Promise.reject(new Error('away')) }
    await expect(run.end('SUCCEEDED', { ...run.service, tasks })).rejects.toThrow('away')
    expect(run.runs()).toMatchObject([{ status: 'SUCCEEDED', dueAt: expect.any(Number) }])
    await advance(run.service, run.runId, always)
    expect(run.answers).toHaveLength(1)
    expect(run.runs()[0]?.dueAt).toBeUndefined()
  })

  it('is no error when it waits no more', async () => {
    const run = await started()
    await run.end('SUCCEEDED', { ...run.service, tasks: { answer: async () => false } })
    expect(run.logged).toContain('task-closed')
    expect(JSON.stringify(run.runs())).not.toContain(TOKEN)
  })

  it('may be one of several that wait for one run, and may come when it has ended', async () => {
    const run = await started({ taskToken: TOKEN, requestId: 'night' })
    await carryOutRequest(run.service, asked({ taskToken: 'second', requestId: 'night' }, 'e-2'))
    await run.end('SUCCEEDED')
    await carryOutRequest(run.service, asked({ taskToken: 'third', requestId: 'night' }, 'e-3'))
    await advance(run.service, run.runId, always)
    expect(run.answers).toMatchObject([
      ...[{ taskToken: TOKEN }, { taskToken: 'second' }, { taskToken: 'third' }],
    ])
  })

  it('may come to a run that was asked for without one', async () => {
    const run = await started({ requestId: 'night' })
    await carryOutRequest(run.service, asked({ taskToken: TOKEN, requestId: 'night' }))
    await run.end('SUCCEEDED')
    expect(run.answers).toHaveLength(1)
  })

  it('is told at once of a request that can never be', async () => {
    const memory = memoryService([definitionOf({ a: {} })])
    await carryOutRequest(memory.service, asked({ workflow: 'gone', taskToken: TOKEN }))
    expect(memory.answers).toMatchObject([{ error: 'Batchwise.E_WORKFLOW_UNKNOWN', taskToken: TOKEN }])
    expect(memory.runs()).toEqual([])
  })

  it('is in no alert, no event and no log', async () => {
    const facts: unknown[] = []
    const run = await started()
    const log = { record: (...logged: unknown[]) => void facts.push(logged) }
    await run.end('FAILED', { ...run.service, log })
    expect(facts).not.toEqual([])
    expect(JSON.stringify([facts, run.alerts, run.events])).not.toContain('AQCEAAAA')
  })
})

describe('a task token in a request', () => {
  it.each([[''], [7], ['x'.repeat(2049)], [{}]])('is refused: %j', taskToken => {
    expect(() => asked({ taskToken })).toThrow('text of up to 2048 characters')
  })
})
