import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ObjectCreated } from '../../src/core/event/object-created.ts'
import type { Collect } from '../../src/core/workflow/workflow.ts'
import { advance } from '../../src/service/advance.ts'
import { startFromObject } from '../../src/service/start-from-object.ts'
import { hostileKeys } from '../core/hostile-keys.ts'
import { definitionOf } from '../core/run/given.ts'
import { memoryService } from './memory-service.ts'

const COLLECT: Collect = {
  ...{ by: '${trigger.run}', until: { type: 'manifest', name: 'list.json' } },
  ...{ deadline: 3600, onDeadline: 'alert', late: 'alert' },
}

function given(collect: Partial<Collect> = {}) {
  const trigger = {
    type: 'object' as const,
    ...{ bucket: 'in', key: 'runs/{run}/{part...}', minSize: 1 },
    collect: { ...COLLECT, ...collect },
  }
  const memory = memoryService([definitionOf({ a: {} }, { triggers: [trigger] })])
  const { service, stored, clock, asked } = memory
  let version = 0
  return {
    ...memory,
    async put(key: string, text = 'x'): Promise<void> {
      stored.set(`s3://in/${key}`, text)
      const object: ObjectCreated = { bucket: 'in', key, size: 5, time: '', etag: `e${++version}` }
      await startFromObject(service, object)
    },
    /** Only what was asked for is done. */
    async work(): Promise<void> {
      for (const runId of new Set(asked.splice(0))) await advance(service, runId, () => 30_000)
    },
    async sweep(seconds: number): Promise<void> {
      clock.time += seconds * 1000
      for (const { runId } of memory.runs()) await advance(service, runId, () => 30_000)
    },
    statuses: () => memory.runs().map(({ status }) => status),
    keys: () =>
      [...stored]
        .filter(([uri]) => uri.endsWith('/objects.jsonl'))
        .flatMap(([, text]) => text.trimEnd().split('\n'))
        .map(line => JSON.parse(line).key as string),
  }
}

const list = (...keys: readonly string[]) => JSON.stringify(keys.map(key => `runs/7/${key}`))

describe('a set that a manifest lists', () => {
  it.each([
    ['last', ['a', 'b', 'list.json']],
    ['first', ['list.json', 'a', 'b']],
    ['between', ['a', 'list.json', 'b']],
  ])('closes when all of it is there, with the manifest %s', async (_title, order) => {
    const it = given()
    for (const [index, name] of order.entries()) {
      await it.work()
      expect(it.statuses()).toEqual(index === 0 ? [] : ['COLLECTING'])
      await it.put(`runs/7/${name}`, name === 'list.json' ? list('a', 'b') : 'x')
      it.clock.time += 1000
    }
    await it.work()
    expect(it.statuses()).toEqual(['RUNNING'])
    expect(it.keys()).toEqual(['runs/7/a', 'runs/7/b'])
  })

  it('keeps what came beside it, and is not closed by that', async () => {
    const it = given()
    await it.put('runs/7/list.json', list('a', 'b'))
    for (const name of ['a', 'c', 'd']) await it.put(`runs/7/${name}`)
    await it.work()
    expect(it.statuses()).toEqual(['COLLECTING'])
    await it.put('runs/7/b')
    await it.work()
    expect(it.keys()).toEqual(['runs/7/a', 'runs/7/b', 'runs/7/c', 'runs/7/d'])
  })

  it('names at its deadline what is missing, and what never comes', async () => {
    const it = given()
    await it.put('runs/7/a')
    await it.put('runs/7/list.json', JSON.stringify(['runs/7/a', 'runs/7/b\n', 'runs/8/x', 's3://other/y']))
    await it.work()
    await it.sweep(3600)
    const [alert] = it.alerts
    expect(alert?.subject).toBe('w waits for objects [test]')
    expect(alert?.email).toContain('1 of the 4 objects that list.json lists')
    expect(alert?.email).toMatch(
      /Missing:\n {2}s3:\/\/in\/runs\/7\/b\\n\n {2}s3:\/\/in\/runs\/8\/x \(\*\)\n {2}s3:\/\/other\/y \(\*\)\n/,
    )
    await it.put('runs/7/b\n')
    await it.work()
    expect([it.statuses(), it.alerts.length]).toEqual([['COLLECTING'], 1])
  })

  it.each([
    ['never came', undefined, 'and list.json is not'],
    ['is none', '["a', 'list.json cannot be used: it begins like a JSON array'],
    ['lists nothing', '[]', 'list.json cannot be used: it lists nothing'],
  ])('tells at its deadline that its manifest %s, and takes a better one', async (_title, text, words) => {
    const it = given()
    await it.put('runs/7/a')
    if (text !== undefined) await it.put('runs/7/list.json', text)
    await it.work()
    await it.sweep(3600)
    expect(it.alerts[0]?.email.replaceAll(/\s+/g, ' ')).toContain(words)
    await it.put('runs/7/list.json', list('a'))
    await it.work()
    expect(it.statuses()).toEqual(['RUNNING'])
  })

  it('looks again at what came while it looked', async () => {
    const it = given()
    await it.put('runs/7/a')
    await it.put('runs/7/list.json', list('a', 'b'))
    const { read } = it.service.objects
    it.service.objects.read = async (...args) => {
      it.service.objects.read = read
      const manifest = await read(...args)
      const { members } = it.service.store
      it.service.store.members = async runId => {
        it.service.store.members = members
        const known = await members(runId)
        await it.put('runs/7/b') // of the same millisecond
        it.asked.splice(0)
        return known
      }
      return manifest
    }
    await it.work()
    expect(it.statuses()).toEqual(['RUNNING'])
    expect(it.keys()).toEqual(['runs/7/a', 'runs/7/b'])
  })

  it('finds with the sweep what nobody was asked to look at', async () => {
    const it = given()
    await it.put('runs/7/list.json', list('a'))
    await it.work()
    await it.put('runs/7/a')
    it.asked.splice(0)
    await it.sweep(300)
    expect(it.statuses()).toEqual(['RUNNING'])
  })

  it.each(hostileKeys)('takes the hostile key %j for a key', async key => {
    const it = given()
    if (Buffer.byteLength(`runs/7/${key}`) > 1024) return
    await it.put(`runs/7/${key}`)
    await it.put('runs/7/list.json', list(key))
    await it.work()
    expect(it.keys()).toEqual([`runs/7/${key}`])
  })
})

it('closes once, when all is there and not before, in whatever order and how often things come', async () => {
  const names = ['a', 'b', 'c', 'd', 'list.json'] as const
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ put: fc.constantFrom(...names) }) },
    { weight: 1, arbitrary: fc.constant('work' as const) },
    {
      weight: 1,
      arbitrary: fc.record({ together: fc.uniqueArray(fc.constantFrom(...names), { minLength: 2 }) }),
    },
  )
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }),
      fc.array(step, { maxLength: 20 }),
      async (listed, steps) => {
        const it = given({ late: 'ignore' })
        const there = new Set<string>()
        const put = async (name: string) => {
          await it.put(`runs/7/${name}`, name === 'list.json' ? list(...listed) : 'x')
          there.add(name)
        }
        const isWhole = () => [...listed, 'list.json'].every(name => there.has(name))
        for (const one of steps) {
          if (one === 'work') await it.work()
          else if ('put' in one) await put(one.put)
          else await Promise.all([...one.together.map(put), it.work()])
          if (!isWhole()) expect(it.statuses()).not.toContain('RUNNING')
        }
        for (const name of [...listed, 'list.json']) if (!there.has(name)) await put(name)
        await it.work()
        expect(it.statuses()).toEqual(['RUNNING'])
        expect(it.keys()).toEqual(expect.arrayContaining(listed.map(name => `runs/7/${name}`)))
        expect(it.keys()).toHaveLength(new Set(it.keys()).size)
      },
    ),
    { numRuns: 150 },
  )
})
