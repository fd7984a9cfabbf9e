import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ObjectCreated } from '../../src/core/event/object-created.ts'
import type { Collect } from '../../src/core/workflow/workflow.ts'
import { given } from './object-sets.ts'

describe('an object that comes after its set was closed', () => {
  async function closed(late: Collect['late']) {
    const it = given({ late })
    const first = await it.put('runs/7/a_R1.gz')
    await it.put('runs/7/a_R2.gz')
    await it.sweep()
    return { ...it, first }
  }

  it('is none when it is an old delivery', async () => {
    for (const late of ['alert', 'run', 'ignore'] as const) {
      const it = await closed(late)
      await it.again(it.first)
      await it.sweep()
      expect([it.statuses(), it.alerts]).toEqual([['RUNNING'], []])
    }
  })

  it('is told of, once', async () => {
    const it = await closed('alert')
    const late = await it.put('runs/7/a_R3.gz')
    await it.again(late)
    await it.sweep()
    await it.put('runs/7/a_R4.gz')
    await it.sweep()
    expect(it.alerts.map(({ subject }) => subject)).toEqual(['w got objects too late [test]'])
    expect(it.alerts[0]?.email).toContain('s3://in/runs/7/a_R3.gz')
    expect(it.statuses()).toEqual(['RUNNING'])
  })

  it('opens the next generation, which knows the old members', async () => {
    const it = await closed('run')
    const third = await it.put('runs/7/a_R3.gz')
    await it.again(it.first)
    await it.put('runs/7/a_R4.gz')
    await it.again(third)
    await it.sweep()
    expect(it.sets()).toEqual([
      ['runs/7/a_R1.gz', 'runs/7/a_R2.gz'],
      ['runs/7/a_R3.gz', 'runs/7/a_R4.gz'],
    ])
  })

  it('is passed over', async () => {
    const it = await closed('ignore')
    await it.put('runs/7/a_R3.gz')
    await it.sweep()
    expect([it.statuses(), it.alerts, it.logged.includes('member-late')]).toEqual([['RUNNING'], [], true])
  })
})

it('puts each upload into exactly one manifest, however deliveries are doubled and sets closed', async () => {
  const step = fc.oneof(
    fc.record({ put: fc.nat(9) }),
    fc.record({ again: fc.nat(9) }),
    fc.record({ sweep: fc.constantFrom(0, 100, 300) }),
    fc.record({ together: fc.array(fc.nat(9), { minLength: 2, maxLength: 4 }) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async steps => {
      const it = given({ by: 'all', until: { type: 'quiet', seconds: 300 }, late: 'run' }, '{file}')
      const objectOf = (number: number): ObjectCreated => ({
        bucket: 'in',
        key: `k${number}`,
        size: 1,
        time: '',
        etag: 'e',
      })
      const put = new Set<number>()
      for (const one of steps) {
        if ('sweep' in one) await it.sweep(one.sweep)
        else {
          const numbers = 'together' in one ? one.together : [('put' in one ? one.put : one.again) as number]
          for (const number of numbers) put.add(number)
          const close = 'together' in one ? [it.sweep(300)] : []
          await Promise.all([...numbers.map(number => it.again(objectOf(number))), ...close])
        }
      }
      await it.sweep(400)
      await it.sweep(400)
      expect(it.sets().flat().toSorted()).toEqual([...put].map(number => `k${number}`).toSorted())
    }),
    { numRuns: 100 },
  )
})
