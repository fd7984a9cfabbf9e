import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '../../../examples/access-points/generate.mjs'
import { expectedDay } from './independent-day.ts'
import { type ObjectServer, startObjectServer } from './object-server.ts'
import { runAll, runJob } from './run-jobs.ts'

/** Four files, of which three are of the day; one of them has a hostile name that looks like another day. */
const FILES = [
  { key: 'raw/2026/03/02/09/a.json', seed: 1 },
  { key: 'raw/2026/03/02/21/b.json', seed: 2 },
  { key: 'raw/2026/03/02/22/$(date) ü 2026-03-03.json', seed: 3 },
  { key: 'raw/2026/03/03/00/c.json', seed: 4 },
]
const fileOf = (seed: number) =>
  [...generate({ seed, records: 150, brokenEvery: 40 })].map(line => `${line}\n`).join('')

let server: ObjectServer
beforeAll(async () => {
  server = await startObjectServer()
  for (const { key, seed } of FILES) {
    server.objects.set(`input/${key}`, Buffer.from(fileOf(seed)))
    await runAll(server, `s3://input/${key}`, `s3://output/access-points/run-${seed}`)
  }
})
afterAll(() => server.close())

const nightly = (day: string, output = 'night') =>
  runJob(['jobs/nightly.mjs', 's3://output/access-points/', day], {
    ...server.env,
    BATCHWISE_OUTPUT: `s3://output/nightly/${output}`,
  })
const dayIn = (output: string) =>
  JSON.parse(server.objects.get(`output/nightly/${output}/day.json`)?.toString() ?? '')

describe('the nightly job', () => {
  it.each([
    ['2026-03-02', FILES.slice(0, 3)],
    ['2026-03-03', FILES.slice(3)],
    ['2026-03-04', []],
  ])('says of %s what an independent computation finds in its files', async (day, files) => {
    const { code, stdout, stderr } = await nightly(day, day)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain(`sums up ${files.length} reports of ${day}`)
    expect(dayIn(day)).toEqual({
      day,
      inputs: files.map(({ key }) => `s3://input/${key}`).sort(),
      ...expectedDay(files.map(({ seed }) => fileOf(seed))),
    })
  })

  it.each([['2026-3-2'], ['yesterday'], ['']])('refuses %j, and writes nothing', async day => {
    const { code, stderr } = await nightly(day, 'refused')
    expect(code).toBe(1)
    expect(stderr).toMatch(/^nightly: expected a prefix and a day/)
    expect(server.objects.has('output/nightly/refused/day.json')).toBe(false)
  })
})
