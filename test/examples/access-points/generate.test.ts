import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { generate } from '../../../examples/access-points/generate.mjs'
import { parseRecord } from '../../../examples/access-points/jobs/record.mjs'

const SCRIPT = fileURLToPath(new URL('../../../examples/access-points/generate.mjs', import.meta.url))
const run = (...args: string[]) =>
  promisify(execFile)(process.execPath, [SCRIPT, ...args], { maxBuffer: 2 ** 26 })
const day = (seed: number, records = 2_000) => [...generate({ seed, records })]
const WHOLE = [...generate({ seed: 1, records: 2_000, brokenEvery: 0 })].map(line => JSON.parse(line))

describe('generate', () => {
  it('gives the same lines for the same seed, and others for another', () => {
    expect(day(7, 300)).toEqual(day(7, 300))
    expect(day(7, 300)).not.toEqual(day(8, 300))
  })

  it('breaks a few per mille of the lines, in each of the ways', () => {
    const parsed = day(1).map(parseRecord)
    const reasons = parsed.flatMap(one => (one.type === 'broken' ? [one.reason] : []))
    const ways = ['not JSON', 'not an object', 'bad apMac', 'bad seenEpoch']
    expect(reasons).toEqual([...ways, ...ways])
  })

  it('makes a building of 40 access points on five floors and some hundred clients', () => {
    const records = WHOLE
    const clients = records.flatMap(({ observations }) =>
      observations.map((o: { clientMac: string }) => o.clientMac),
    )
    expect(new Set(records.map(({ apMac }) => apMac)).size).toBe(40)
    expect(new Set(records.flatMap(({ apFloors }) => apFloors)).size).toBe(5)
    expect(new Set(clients).size).toBeGreaterThan(250)
  })

  it('loses fields now and then', () => {
    const observations = WHOLE.flatMap(record => record.observations)
    const share = (lacks: (observation: Record<string, unknown>) => boolean) =>
      observations.filter(lacks).length / observations.length
    expect(share(({ ssid }) => ssid === null)).toBeCloseTo(0.15, 1)
    expect(share(({ ipv4 }) => ipv4 === null)).toBeCloseTo(0.2, 1)
    expect(share(({ location }) => location === undefined)).toBeCloseTo(0.1, 1)
  })

  it('makes lines only as they are asked for', () => {
    const endless = generate({ seed: 1, records: 1e9 })
    expect(JSON.parse(endless.next().value ?? '')).toHaveProperty('apMac')
  })

  it('writes the lines as a command', async () => {
    const { stdout } = await run('--records', '120', '--seed', '3', '--broken-every', '10')
    expect(stdout).toBe(
      [...generate({ seed: 3, records: 120, brokenEvery: 10 })].map(line => `${line}\n`).join(''),
    )
  })

  it.each([
    [['--records', 'many'], '--records is "many". Give a whole number, say --records 2000.'],
    [['--sed', '1'], "Unknown option '--sed'"],
  ])('refuses %j', async (args, message) => {
    await expect(run(...args)).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining(message) })
  })
})
