import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { sequencerOf, startS3, temporaryFolder } from './local-s3.ts'
import { numberOf } from './whole-body.ts'

let folder: string
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => rmSync(folder, { recursive: true }))

interface Acknowledged {
  /** The last number acknowledged, by key. */
  readonly numbers: Map<string, number>
  sequencer: string
}

/** Lets a process put objects, kills it after so many acknowledgements, and takes them down. */
async function putUntilKilled(first: number, count: number, acknowledged: Acknowledged): Promise<void> {
  const script = fileURLToPath(new URL('./put-loop.ts', import.meta.url))
  const child = spawn(process.execPath, [script, folder, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  let seen = 0
  for await (const line of createInterface(child.stdout)) {
    const [key = '', number, sequencer = ''] = line.split(' ')
    acknowledged.numbers.set(key, Number(number))
    if (sequencer > acknowledged.sequencer) acknowledged.sequencer = sequencer
    if (++seen === count) child.kill('SIGKILL')
  }
  expect(await exit).toEqual([null, 'SIGKILL'])
}

it('keeps every acknowledged object whole over kill -9, again and again', async () => {
  const acknowledged: Acknowledged = { numbers: new Map(), sequencer: '' }
  for (const [round, count] of [60, 25, 43].entries()) {
    await putUntilKilled(round * 70_000, count, acknowledged)
    const local = await startS3({ folder })
    for (const [key, number] of acknowledged.numbers) {
      const { body } = await local.send('GET', `/inbox/${key}`)
      // A later put may have been published without its answer having arrived.
      expect(numberOf(body.toString())).toBeGreaterThanOrEqual(number)
    }
    const objects = readdirSync(join(folder, 'objects'))
    expect(readdirSync(join(folder, 'data'))).toHaveLength(objects.length)
    expect(objects.filter(name => !name.endsWith('.json'))).toEqual([])

    await local.send('PUT', '/inbox/after', { body: 'x' })
    expect(local.events[0]?.detail).toMatchObject({ object: { key: 'after' } })
    expect(local.events.map(sequencerOf).every(sequencer => sequencer > acknowledged.sequencer)).toBe(true)
    await local.stop()
  }
})
