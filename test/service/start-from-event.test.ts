import { describe, expect, it } from 'vitest'
import { parseBusEvent } from '../../src/core/event/bus-event.ts'
import { eventRules } from '../../src/core/event/event-rules.ts'
import { runStateChange } from '../../src/core/event/run-state-change.ts'
import { compilePattern } from '../../src/core/event-pattern/pattern.ts'
import type { Workflow } from '../../src/core/workflow/workflow.ts'
import { startFromEvent } from '../../src/service/start-from-event.ts'
import { definitionOf, runOf } from '../core/run/given.ts'
import { memoryRecorder } from './memory-service.ts'

const DAY_CLOSED: Partial<Workflow> = {
  name: 'closing',
  parameters: { shop: { type: 'number' } },
  triggers: [
    {
      type: 'event',
      pattern: { source: ['shop.orders'], 'detail-type': ['Day Closed'] },
      parameters: { shop: '${trigger.detail.shop.number}' },
    },
  ],
}
const NEXT: Partial<Workflow> = {
  name: 'next',
  triggers: [{ type: 'after', workflow: 'w', status: 'SUCCEEDED', parameters: {} }],
}
const JOBS = { a: { command: ['x', '${trigger.detail.day}', '${trigger.detail.list}'] } }

const event = (more: object = {}) => ({
  ...{ id: 'e-1', source: 'shop.orders', 'detail-type': 'Day Closed' },
  detail: { day: '2026-11-21', shop: { number: 7, name: 'x' }, list: [1], secret: 's' },
  ...more,
})
const start = (memory: ReturnType<typeof memoryRecorder>, body: object) =>
  startFromEvent(memory.service, parseBusEvent(JSON.stringify(body)))

describe('an event', () => {
  it('starts a run that keeps what is looked up of its detail, and no more', async () => {
    const memory = memoryRecorder([definitionOf(JOBS, DAY_CLOSED)])
    await start(memory, event())
    expect(memory.runs()).toMatchObject([{ workflow: 'closing', parameters: { shop: 7 } }])
    expect(memory.runs()[0]?.trigger.detail).toEqual({ day: '2026-11-21', shop: { number: 7 }, list: [1] })
  })

  it('starts one run however often it is delivered, and none where it does not match', async () => {
    const memory = memoryRecorder([definitionOf(JOBS, DAY_CLOSED)])
    await start(memory, event())
    await start(memory, event())
    await start(memory, event({ id: 'e-2', source: 'other' }))
    expect(memory.runs()).toHaveLength(1)
    expect(memory.logged).toContain('event-ignored')
  })

  it('is refused when more than 8 KB of it are looked up, or a parameter has the wrong type', async () => {
    const memory = memoryRecorder([definitionOf(JOBS, DAY_CLOSED)])
    const long = { day: 'x'.repeat(9000), shop: { number: 7 } }
    await expect(start(memory, event({ detail: long }))).rejects.toThrow('8192 are kept')
    await expect(start(memory, event({ detail: { shop: { number: 'x' } } }))).rejects.toThrow(
      'Give it a number',
    )
    await expect(start(memory, event({ detail: {} }))).rejects.toThrow('has no value here')
  })
})

describe('the end of a run', () => {
  const ended = (differences = {}) => {
    const run = runOf({ status: 'SUCCEEDED', finishedAt: 1_800_000_000_000, ...differences })
    const detail = runStateChange(run, definitionOf({}))
    return { id: 'e', source: 'batchwise', 'detail-type': 'Batchwise Run State Change', detail }
  }

  it('starts the workflows that come after it, once for each epoch', async () => {
    const memory = memoryRecorder([definitionOf({ a: {} }, NEXT)])
    await start(memory, ended())
    await start(memory, ended())
    await start(memory, ended({ status: 'FAILED' }))
    await start(memory, ended({ workflow: 'other' }))
    expect(memory.runs()).toMatchObject([
      { workflow: 'next', trigger: { type: 'after', values: { workflow: 'w', status: 'SUCCEEDED' } } },
    ])
    await start(memory, ended({ epoch: 2 }))
    expect(memory.runs()).toHaveLength(2)
  })

  it('passes the rule that is deployed for it', () => {
    const rules = eventRules('test', [definitionOf({}, NEXT).workflow])
    const rule = rules.find(({ name }) => name === 'next-after-1')
    expect(rule).toMatchObject({ bus: 'batchwise', queue: 'EventQueue' })
    expect(compilePattern(rule?.pattern)(ended())).toBe(true)
    expect(compilePattern(rule?.pattern)(ended({ status: 'FAILED' }))).toBe(false)
  })

  it('starts nothing below the fifth run of a chain', async () => {
    const memory = memoryRecorder([definitionOf({ a: {} }, NEXT)])
    const parent = runOf({ status: 'SUCCEEDED', depth: 5 })
    memory.items.set(`run#${parent.runId} run`, { ...parent })
    await start(memory, ended({ depth: 5 }))
    expect(memory.runs()).toHaveLength(1)
    expect(memory.logged).toContain('run-too-deep')
  })
})
