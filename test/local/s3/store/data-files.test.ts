import { once } from 'node:events'
import { readdirSync, rmSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { DataFiles } from '../../../../src/local/s3/store/data-files.ts'
import { temporaryFolder } from '../local-s3.ts'

let folder: string
let data: DataFiles

beforeEach(() => {
  folder = temporaryFolder()
  data = new DataFiles(folder)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function* bytes(...pieces: readonly string[]) {
  for (const piece of pieces) yield Buffer.from(piece)
}

const untilFiles = (count: number) =>
  vi.waitFor(() => expect(readdirSync(folder)).toHaveLength(count), { interval: 2, timeout: 10_000 })

it.each([
  [0, 9, '0123456789'],
  [0, 0, '0'],
  [3, 4, '34'],
  [4, 9, '456789'],
  [2, 7, '234567'],
  [0, -1, ''],
])('reads bytes %i to %i over segments', async (start, end, expected) => {
  const segments = [
    await data.write(bytes('012', '3')),
    await data.write(bytes()),
    await data.write(bytes('456789')),
  ]
  expect(segments.map(({ size }) => size)).toEqual([4, 0, 6])
  expect(await text(data.read(segments, start, end))).toBe(expected)
})

it('leaves nothing behind if the source fails', async () => {
  async function* failing() {
    yield Buffer.from('some')
    throw new Error('cut off')
  }
  await expect(data.write(failing())).rejects.toThrow('cut off')
  await untilFiles(0)
})

it('keeps a released file until its last reader is done', async () => {
  const segment = await data.write(bytes('whole'))
  const readers = [data.read([segment], 0, 4), data.read([segment], 0, 4)]
  data.release([segment])
  expect(await Promise.all(readers.map(reader => text(reader)))).toEqual(['whole', 'whole'])
  await untilFiles(0)
})

it('lets go of a file whose reader never began', async () => {
  const segment = await data.write(bytes('whole'))
  const reader = data.read([segment], 0, 4)
  data.release([segment])
  await once(reader.destroy(), 'close')
  await untilFiles(0)
})

it('removes at start what nothing refers to', async () => {
  const kept = await data.write(bytes('kept'))
  await data.write(bytes('orphan'))
  data.removeAllBut(new Set([kept.file]))
  expect(readdirSync(folder)).toEqual([kept.file])
})
