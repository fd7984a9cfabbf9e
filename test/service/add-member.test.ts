import { describe, expect, it } from 'vitest'
import { closingWrite } from '../../src/core/collect/collect-writes.ts'
import type { ObjectCreated } from '../../src/core/event/object-created.ts'
import type { ItemWrite } from '../../src/core/run/item-write.ts'
import { advance } from '../../src/service/advance.ts'
import { cancelRun, retryRun } from '../../src/service/change-run.ts'
import { startFromObject } from '../../src/service/start-from-object.ts'
import { hostileKeys } from '../core/hostile-keys.ts'
import { given } from './object-sets.ts'

describe('a set of objects', () => {
  it('becomes one run, with a manifest, when the count is reached', async () => {
    const it = given()
    await it.put('runs/7/a_R2.gz')
    await it.sweep()
    expect(it.statuses()).toEqual(['COLLECTING'])
    await it.put('runs/7/b_R1.gz')
    await it.put('runs/7/a_R1.gz')
    await it.sweep()
    expect(it.statuses()).toEqual(['RUNNING', 'COLLECTING'])
    expect(it.sets()).toEqual([['runs/7/a_R1.gz', 'runs/7/a_R2.gz']])
    const [run] = it.runs()
    expect(run?.trigger.values).toEqual({
      ...{ run: '7', sample: 'a', bucket: 'in', count: '2' },
      objects: expect.stringMatching(`^s3://out/w/${run?.runId}/_batchwise/[0-9a-f]{16}/objects.jsonl$`),
    })
    expect([...it.manifests.keys()]).toEqual([run?.trigger.values['objects']])
  })

  it('keeps its manifest, whatever one who was paused while he closed it writes later', async () => {
    const it = given()
    await it.put('runs/7/a_R1.gz')
    await it.put('runs/7/a_R2.gz')
    const { create } = it.service.objects
    let resume: () => Promise<boolean> = () => Promise.reject()
    const paused = {
      ...it.service,
      objects: {
        ...it.service.objects,
        create: (uri: string, body: string) => {
          resume = () => create(uri, body.replace(/^.*\n/, '')) // he knew a member less
          return new Promise<boolean>(() => {})
        },
      },
    }
    const [{ runId } = { runId: '' }] = it.runs()
    void advance(paused, runId, () => 30_000)
    await new Promise(resolve => setImmediate(resolve))
    await it.sweep(61)
    const uri = it.runs()[0]?.trigger.values['objects'] ?? ''
    const manifest = it.manifests.get(uri)
    await resume()
    expect(it.statuses()).toEqual(['RUNNING'])
    expect(manifest?.match(/\n/g)).toHaveLength(2)
    expect(it.manifests.get(uri)).toBe(manifest)
  })

  it('keeps an object in the set that was given up, when it is delivered again after the next one was opened', async () => {
    const it = given({ late: 'run' })
    const first = await it.put('runs/7/a_R1.gz')
    const [{ runId } = { runId: '' }] = it.runs()
    await cancelRun(it.service, runId)
    await it.sweep()
    await it.put('runs/7/a_R2.gz')
    await it.again(first)
    await retryRun(it.service, runId, 1, {})
    await it.put('runs/7/a_R3.gz')
    await it.sweep()
    expect(it.statuses()).toEqual(['RUNNING', 'RUNNING'])
    expect(it.sets().toSorted()).toEqual([['runs/7/a_R1.gz'], ['runs/7/a_R2.gz', 'runs/7/a_R3.gz']])
  })

  it('keeps an object out of a set that it came too late for, whatever a paused delivery of it does later', async () => {
    const it = given({ late: 'run' })
    await it.put('runs/7/a_R1.gz')
    const { store } = it.service
    let resume = () => {}
    const resumed = new Promise<void>(resolve => {
      resume = resolve
    })
    let writes = 0
    const pausedStore = {
      ...store,
      async write(write: ItemWrite) {
        if (writes > 0) throw new Error('killed')
        if (!write.key.sk.startsWith('member#')) return store.write(write)
        await resumed
        writes++
        return store.write(write)
      },
    }
    const slow: ObjectCreated = { bucket: 'in', key: 'runs/7/a_R2.gz', size: 5, time: '', etag: 'slow' }
    const paused = startFromObject({ ...it.service, store: pausedStore }, slow)
    await new Promise(resolve => setImmediate(resolve))
    const [run] = it.runs()
    if (run?.collect === undefined) throw new Error('There is a set.')
    await store.write(closingWrite(run))
    await it.put('runs/7/a_R3.gz')
    await it.again(slow)
    resume()
    await expect(paused).rejects.toThrow('killed')
    await it.sweep()
    await it.sweep()
    expect(it.sets().toSorted()).toEqual([['runs/7/a_R1.gz'], ['runs/7/a_R2.gz', 'runs/7/a_R3.gz']])
  })

  it('leaves the set to the next pass when he who closes it was paused until his claim had ended', async () => {
    const it = given()
    await it.put('runs/7/a_R1.gz')
    await it.put('runs/7/a_R2.gz')
    const [{ runId } = { runId: '' }] = it.runs()
    const { store } = it.service
    const members = (id: string) => {
      it.clock.time += 61_000
      return store.members(id)
    }
    const paused = { ...it.service, store: { ...store, members } }
    await advance(paused, runId, () => 30_000)
    expect((await store.members(runId)).map(({ fate }) => fate)).toEqual([undefined, undefined])
    await it.sweep(61)
    expect(it.sets()).toEqual([['runs/7/a_R1.gz', 'runs/7/a_R2.gz']])
  })

  it('counts distinct keys, not deliveries, and keeps the newest upload of a key', async () => {
    const it = given()
    const first = await it.put('runs/7/a_R1.gz')
    await it.again(first)
    await it.put('runs/7/a_R1.gz', { etag: 'new' })
    await it.sweep()
    expect(it.statuses()).toEqual(['COLLECTING'])
    await it.put('runs/7/a_R2.gz')
    await it.sweep()
    expect([...it.manifests.values()].join()).toContain('"etag":"new"')
  })

  it('closes when it was quiet, by the sweep', async () => {
    const it = given({ until: { type: 'quiet', seconds: 300 } })
    await it.put('runs/7/a_R1.gz')
    await it.sweep(200)
    await it.put('runs/7/a_R2.gz')
    await it.sweep(200)
    expect(it.statuses()).toEqual(['COLLECTING'])
    await it.sweep(100)
    expect(it.sets()).toEqual([['runs/7/a_R1.gz', 'runs/7/a_R2.gz']])
  })

  it('closes by a marker in its folder, which is no member, and waits for what comes just after it', async () => {
    const it = given({ by: '${trigger.run}', until: { type: 'marker', name: '_SUCCESS' } })
    await it.put('runs/7/a_R1.gz')
    await it.put('runs/7/_SUCCESS', { size: 0 })
    await it.put('runs/8/_SUCCESSFUL')
    await it.sweep(10)
    await it.put('runs/7/a_R2.gz')
    await it.sweep(30)
    expect(it.sets()).toEqual([['runs/7/a_R1.gz', 'runs/7/a_R2.gz']])
  })

  it('tells at its deadline what is there, and goes on waiting', async () => {
    const it = given()
    await it.put('runs/7/a_R1.gz')
    await it.sweep(3600)
    await it.sweep(3600)
    expect(it.alerts.map(({ subject }) => subject)).toEqual(['w waits for objects [test]'])
    expect(it.alerts[0]?.email).toContain('1 of 2 objects are there')
    expect(it.alerts[0]?.email).toContain('s3://in/runs/7/a_R1.gz')
    await it.put('runs/7/a_R2.gz')
    await it.sweep()
    expect(it.statuses()).toEqual(['RUNNING'])
  })

  it.each([
    ['run', 'RUNNING'],
    ['drop', 'CANCELLED'],
  ] as const)('does at its deadline what is asked for: %s', async (onDeadline, status) => {
    const it = given({ onDeadline })
    await it.put('runs/7/a_R1.gz')
    await it.sweep(3600)
    expect(it.statuses()).toEqual([status])
  })

  it.each(hostileKeys)('takes the hostile key %j for a key', async key => {
    const it = given({ by: 'all', until: { type: 'count', count: 1 } }, '{file...}')
    await it.put(key)
    await it.sweep()
    expect(it.sets()).toEqual([[key]])
  })
})

describe('a set that is cancelled while it gathers', () => {
  it('takes no more, and a retry runs with what had come', async () => {
    const it = given()
    await it.put('runs/7/a_R1.gz')
    const runId = it.runs()[0]?.runId ?? ''
    await cancelRun(it.service, runId)
    await it.sweep()
    expect(it.statuses()).toEqual(['CANCELLED'])
    await it.put('runs/7/a_R2.gz')
    await it.sweep()
    expect([it.statuses(), it.sets()]).toEqual([['CANCELLED'], []])
    await retryRun(it.service, runId, 1, {})
    expect(it.statuses()).toEqual(['COLLECTING'])
    await it.sweep()
    expect(it.statuses()).toEqual(['RUNNING'])
    expect(it.sets()).toEqual([['runs/7/a_R1.gz']])
  })
})
