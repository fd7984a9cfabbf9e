import { describe, expect, it } from 'vitest'
import { type AlertKind, DEFAULT_ALERTS } from '../../src/core/alert/alert-kind.ts'
import { jobKey, runKey } from '../../src/core/run/item-write.ts'
import { isFinalRun, type Run } from '../../src/core/run/run.ts'
import { advance } from '../../src/service/advance.ts'
import { definitionOf, NOW, recordOf, runOf } from '../core/run/given.ts'
import { memoryService } from './memory-service.ts'

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'

function given(on: readonly AlertKind[] = DEFAULT_ALERTS.on, sms = false) {
  const definition = definitionOf({ a: {} }, { deadline: 3600, alerts: { ...DEFAULT_ALERTS, on, sms } })
  const memory = memoryService([definition])
  let number = 0
  /** Puts a run whose only job has ended so, and advances it. */
  async function end(
    state: 'FAILED' | 'SUCCEEDED' | 'SUBMITTED',
    differences: Partial<Run> = {},
  ): Promise<string> {
    const runId = `run${BASE32.charAt(number++ % 32)}`.padEnd(26, BASE32.charAt(Math.floor(number / 32)))
    const run = runOf({ runId, definition: definition.hash, createdAt: memory.clock.time, ...differences })
    memory.items.set(`${runKey(runId).pk} run`, { ...run })
    const record = recordOf('a', { state, runId, exitCode: 3, logStream: 'stream' })
    memory.items.set(`${runKey(runId).pk} ${jobKey(runId, 'a').sk}`, { ...record })
    await advance(memory.service, runId, () => 30_000)
    return runId
  }
  const sweep = async () => {
    for (const runId of await memory.service.store.dueRuns(memory.clock.time))
      await advance(memory.service, runId, () => 30_000)
  }
  const run = (runId: string) => memory.items.get(`run#${runId} run`) as unknown as Run
  return { ...memory, end, sweep, run }
}

describe('publishing alerts', () => {
  it('tells a failure once, with the last lines of the log, and owes nothing then', async () => {
    const it = given()
    const runId = await it.end('FAILED')
    await advance(it.service, runId, () => 30_000)
    expect(it.alerts).toHaveLength(1)
    expect(it.alerts[0]?.email).toContain('| of stream')
    expect(it.run(runId)).toMatchObject({ status: 'FAILED', alerts: { 1: { state: 'sent' } }, announced: 1 })
    expect(it.run(runId).dueAt).toBeUndefined()
  })

  it('tells a failure without log lines rather than not at all', async () => {
    const it = given()
    it.fault.logs = true
    await it.end('FAILED')
    expect(it.alerts).toHaveLength(1)
    expect(it.logged).toContain('log-unread')
  })

  it('tells it later where SNS is away', async () => {
    const it = given()
    it.fault.alerts = true
    await expect(it.end('FAILED')).rejects.toThrow('SNS is away')
    it.fault.alerts = false
    it.clock.time += 61_000
    await it.sweep()
    expect(it.alerts).toHaveLength(1)
  })

  it.each([
    ['when the function begins late', 15_000, 0],
    ['when reading the log took long', 30_000, 25_000],
  ])('leaves it to the next pass where no time is left to mark it: %s', async (_title, left, reading) => {
    const it = given()
    const runId = await it.end('SUBMITTED')
    it.items.set(`run#${runId} job#a`, { ...recordOf('a', { state: 'FAILED', runId, logStream: 'stream' }) })
    const deadline = it.clock.time + left
    const lastLines = async () => {
      it.clock.time += reading
      return []
    }
    const service = { ...it.service, jobLogs: { lastLines } }
    const asked = it.asked.length
    await advance(service, runId, () => deadline - it.clock.time)
    expect(it.alerts).toEqual([])
    expect(it.asked.slice(asked)).toEqual([runId])
    it.clock.time += 1
    await advance(it.service, runId, () => 30_000)
    expect(it.alerts).toHaveLength(1)
    expect(it.run(runId).alerts).toEqual({ 1: { state: 'sent' } })
  })

  it('says nothing of failures to who does not want to hear of them', async () => {
    const it = given(['late'])
    const runId = await it.end('FAILED')
    expect(it.alerts).toEqual([])
    expect(it.run(runId).alerts).toEqual({ 1: { state: 'sent' } })
  })

  it('marks messages for SMS only where the workflow wants them', async () => {
    for (const sms of [true, false]) {
      const it = given(['failed'], sms)
      await it.end('FAILED')
      expect(it.alerts[0]?.attributes).toEqual({
        workflow: 'w',
        kind: 'failed',
        stage: 'test',
        sms: String(sms),
      })
    }
  })

  it('tells that a run is late, once, while it goes on', async () => {
    const it = given()
    const runId = await it.end('SUBMITTED', { createdAt: NOW - 3_600_000 })
    await advance(it.service, runId, () => 30_000)
    expect(it.alerts.map(({ subject }) => subject)).toEqual(['w is late: not done after 1 h [test]'])
    expect(it.alerts[0]?.email).toContain('Not done: a (SUBMITTED).')
    expect(it.run(runId).status).toBe('RUNNING')
  })

  it('tells the first success after a failure, and no other', async () => {
    const it = given(['failed', 'recovered'])
    for (const state of ['SUCCEEDED', 'FAILED', 'FAILED', 'SUCCEEDED', 'SUCCEEDED'] as const)
      await it.end(state)
    expect(it.alerts.map(({ attributes }) => attributes.kind)).toEqual(['failed', 'failed', 'recovered'])
  })

  it('folds the failures after the tenth into one digest', async () => {
    const it = given()
    const runIds: string[] = []
    for (let number = 0; number < 25; number++) runIds.push(await it.end('FAILED'))
    expect(it.alerts).toHaveLength(10)
    for (let minute = 0; minute < 5; minute++) {
      it.clock.time += 60_000
      await it.sweep()
    }
    expect(it.alerts).toHaveLength(11)
    expect(it.alerts.at(-1)?.subject).toBe('w failed: 15 more runs [test]')
    const mails = it.alerts.map(({ email }) => email).join('')
    for (const runId of runIds) expect(mails.split(`Run ${runId} `)).toHaveLength(2)
    for (const runId of runIds) expect(it.run(runId).alerts).toEqual({ 1: { state: 'sent' } })
  })
})

describe('the end of a run', () => {
  it.each(['FAILED', 'SUCCEEDED'] as const)('is announced once: %s', async status => {
    const it = given()
    const runId = await it.end(status)
    expect(isFinalRun(it.run(runId).status)).toBe(true)
    await advance(it.service, runId, () => 30_000)
    expect(it.events).toMatchObject([
      { runId, workflow: 'w', status, epoch: 1, output: `s3://out/w/${runId}` },
    ])
  })
})
