import { describe, expect, it } from 'vitest'
import { functionF, JOBS, stage } from './stage.ts'

describe('at start', () => {
  it('gives the settings before it imports, to every kind of file', async () => {
    await using it = stage()
    for (const file of ['a.ts', 'b.mjs', 'c.js']) {
      it.write(
        file,
        'const atImport = process.env.BENCH_SETTING\nexport const handler = async () => called(atImport)\n',
      )
    }
    it.write('package.json', '{ "type": "module" }')
    const functions = ['a', 'b', 'c'].map(name =>
      functionF({ name, handler: `functions/${name}.handler`, events: [] }),
    )
    const host = await it.start(functions, { environment: { BENCH_SETTING: 'given' } })
    for (const { name } of functions) await host.invoke(name, {})
    expect(it.calls.items.map(call => call.event)).toEqual(['given', 'given', 'given'])
    delete process.env['BENCH_SETTING']
  })

  it.each([
    ['a file that fails', 'throw new Error("no table")', 'functions/f.ts could not be imported: no table'],
    ['a broken import', 'import "./nothing.ts"', 'functions/f.ts could not be imported'],
    ['no such export', 'export const other = 1', 'does not export a function "handler"'],
    ['an export that is none', 'export const handler = 1', 'does not export a function "handler"'],
    ['a callback', 'export const handler = (event, context, callback) => callback()', 'takes a callback'],
  ])('fails for %s, naming the function and the file', async (_title, source, message) => {
    await using it = stage()
    it.write('f.ts', source)
    const start = it.start()
    await expect(start).rejects.toThrow(message)
    await expect(start).rejects.toThrow('Function "f"')
    await expect(start).rejects.toMatchObject({ code: 'E_FUNCTION_LOAD' })
  })

  it('fails for a file that is not there, a queue that is not there, and too short a visibility', async () => {
    await using it = stage()
    await expect(it.start([functionF({ handler: 'functions/g.handler' })])).rejects.toThrow('there is no')
    const elsewhere = functionF({ events: [{ ...JOBS, queue: 'Elsewhere' }] })
    await expect(it.start([elsewhere])).rejects.toThrow('elsewhere')
    await expect(it.start([functionF({ timeout: 31 })])).rejects.toThrow('hides its messages for 30 s')
  })
})

describe('an asynchronous invocation', () => {
  const quick = { asyncRetryDelays: [1, 1] }

  it('is tried three times, each with the event as it was, then given up and reported', async () => {
    await using it = stage(({ event }) => {
      Object.assign(event, { spoilt: true })
      throw new Error('no luck')
    })
    const host = await it.start([functionF()], quick)
    await host.invoke('f', { n: 1 })
    expect(it.calls.items).toHaveLength(3)
    expect(it.reports.items.map(report => report.gaveUp)).toEqual([undefined, undefined, true])
  })

  it('is tried no more once it worked', async () => {
    await using it = stage((_call, number) => {
      if (number === 1) throw new Error('no luck')
    })
    const host = await it.start([functionF()], quick)
    await host.invoke('f', {})
    expect(it.reports.items.map(report => 'error' in report)).toEqual([true, false])
  })

  it('of a function that does not exist names those that do', async () => {
    await using it = stage()
    const host = await it.start()
    expect(() => host.invoke('g', {})).toThrow('There is no function "g". There are: f.')
  })
})

describe('stop', () => {
  it('waits for what runs, and takes no more', async () => {
    const gate = Promise.withResolvers<void>()
    await using it = stage(() => gate.promise)
    const host = await it.start()
    it.queues.send('jobs', 'a')
    await it.calls.first(1)
    const stopped = host.stop()
    it.queues.send('jobs', 'b')
    gate.resolve()
    await stopped
    expect(it.reports.items).toHaveLength(1)
    expect(it.queues.queue('jobs').counts(Date.now())).toMatchObject({ visible: 1, inFlight: 0 })
  })

  it('waits no longer than it was told', async () => {
    await using it = stage(() => new Promise(() => undefined))
    const host = await it.start([functionF()], { stopTimeout: 10 })
    it.queues.send('jobs', 'a')
    await it.calls.first(1)
    await host.stop()
    expect(it.reports.items).toEqual([])
  })

  it('gives back what it had gathered, and ends the waits of schedules and retries', async () => {
    await using it = stage(() => {
      throw new Error('no luck')
    })
    const events = [
      { ...JOBS, maximumBatchingWindow: 300 },
      { type: 'schedule' as const, rates: ['rate(1 day)'] },
    ]
    const host = await it.start([functionF({ events })], { stopTimeout: 60_000 })
    it.queues.send('jobs', 'a')
    await it.reports.first(1)
    await new Promise(setImmediate)
    await host.stop()
    expect(it.queues.queue('jobs').counts(Date.now())).toMatchObject({ visible: 1, inFlight: 0 })
  })
})
