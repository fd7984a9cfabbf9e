import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Engine } from '../../../../src/local/batch/engine/engine.ts'
import type { FairSharePolicy } from '../../../../src/local/batch/engine/fair-share-policy.ts'
import { restore, snapshotOfJobs } from '../../../../src/local/batch/record.ts'
import { Lab } from './lab.ts'

const MINUTE = 60_000
const EQUAL: FairSharePolicy = { window: 10 * MINUTE, reservation: 0, weights: [] }

/** A lab whose queue `fair` divides its vCPUs. */
function fairLab(vcpus: number, policy: Partial<FairSharePolicy> = {}): Lab {
  const lab = new Lab(vcpus)
  lab.do(lab.engine.setQueue(fair(policy), lab.now))
  return lab
}

const fair = (policy: Partial<FairSharePolicy>) => ({
  name: 'fair',
  priority: 1,
  environments: ['machine'],
  fairShare: { ...EQUAL, ...policy },
})
const of = (identifier: string, priority = 0, vcpus = 1) => ({
  queue: 'fair',
  share: { identifier, priority },
  resources: { vcpus, memory: 1, gpus: 0 },
})
const started = (lab: Lab) =>
  lab.log.filter(line => line.endsWith('STARTING')).map(line => line.split(' ')[0] ?? '')
const startedOf = (lab: Lab, identifier: string) =>
  started(lab).filter(jobId => jobId.startsWith(identifier)).length
const inLine = (lab: Lab) => [...lab.engine.inLine('fair', lab.now)].map(job => job.spec.jobId)

/** Ends whatever runs, each job a minute after it began, until nothing waits. */
function runDown(lab: Lab, rounds: number): void {
  for (let round = 0; round < rounds; round += 1) {
    const active = [...lab.engine.jobs()].filter(({ state }) => state.status === 'STARTING')
    lab.now += MINUTE
    for (const job of active) lab.ends(job.spec.jobId)
  }
}

function submitMany(lab: Lab, identifier: string, count: number): void {
  for (let at = 0; at < count; at += 1) lab.submit(`${identifier}${at}`, of(identifier))
}

describe('a queue with a fair-share policy', () => {
  it('serves the one who has had less, though the other came first', () => {
    const lab = fairLab(2)
    submitMany(lab, 'a', 10)
    lab.submit('b0', of('b'))
    expect(started(lab)).toEqual(['a0', 'a1'])
    lab.ends('a0')
    expect(started(lab)).toEqual(['a0', 'a1', 'b0'])
  })

  it.each([
    [1, 1, 1],
    [2, 1, 2],
    [1, 0.125, 8],
  ])('gives by weight: %d against %d makes 1 to %d', (one, other, times) => {
    const weights = [
      { identifier: 'a', weight: one },
      { identifier: 'b*', weight: other },
    ]
    const lab = fairLab(0, { weights })
    submitMany(lab, 'a', 1000)
    submitMany(lab, 'b', 1000)
    lab.do(lab.engine.setEnvironment('machine', true, { vcpus: 90, memory: 1000, gpus: 0 }, lab.now))
    runDown(lab, 10)
    const ratio = startedOf(lab, 'b') / startedOf(lab, 'a')
    expect(ratio).toBeGreaterThan(times * 0.9)
    expect(ratio).toBeLessThan(times * 1.1)
  })

  it('remembers past use, and forgets it with time', () => {
    const lineAfter = (pause: number) => {
      const lab = fairLab(1)
      submitMany(lab, 'a', 1)
      lab.runs('a0')
      lab.now += 20 * MINUTE
      lab.ends('a0')
      lab.now += pause
      lab.submit('busy', of('c'))
      submitMany(lab, 'a', 2)
      lab.submit('b0', of('b'))
      lab.runs('busy')
      return inLine(lab)
    }
    expect(lineAfter(0)).toEqual(['b0', 'a0', 'a1'])
    expect(lineAfter(1000 * MINUTE)).toEqual(['a0', 'b0', 'a1'])
  })

  it('orders the jobs of one share by scheduling priority, then as they came; a retry is first of its equals', () => {
    const lab = fairLab(1)
    lab.submit('first', { ...of('a', 5), retry: { attempts: 2, evaluateOnExit: [] } })
    lab.submit('low', of('a', 1))
    lab.submit('same', of('a', 5))
    lab.submit('high', of('a', 9999))
    expect(inLine(lab)).toEqual(['high', 'same', 'low'])
    lab.ends('first', { exitCode: 1, statusReason: 'x' })
    expect(started(lab).at(-1)).toBe('high')
    expect(inLine(lab)).toEqual(['first', 'same', 'low'])
  })

  it('follows another policy at once', () => {
    const lab = fairLab(4)
    submitMany(lab, 'a', 4)
    submitMany(lab, 'b', 4)
    const weights = [{ identifier: 'a', weight: 0.0001 }]
    lab.do(lab.engine.setQueue(fair({ weights }), lab.now))
    for (const jobId of ['a0', 'a1']) lab.ends(jobId)
    submitMany(lab, 'a', 2)
    lab.ends('a2')
    expect(started(lab).at(-1)).toMatch(/^a/)
  })

  it('passes over those who were cancelled', () => {
    const lab = fairLab(1)
    submitMany(lab, 'a', 3)
    lab.cancel('a1')
    expect(inLine(lab)).toEqual(['a2'])
    lab.ends('a0')
    expect(started(lab)).toEqual(['a0', 'a2'])
  })
})

it('knows after a restart who has had how much', () => {
  const lab = fairLab(1)
  submitMany(lab, 'a', 3)
  lab.submit('b0', of('b'))
  lab.runs('a0')
  lab.now += 3 * MINUTE
  lab.ends('a0')
  lab.submit('c0', of('c'))
  const engine = new Engine(() => 'task')
  for (const entry of snapshotOfJobs(lab.engine.jobs())) restore(engine, JSON.parse(JSON.stringify(entry)))
  engine.setQueue(fair({}), lab.now)
  engine.resume('i-1', lab.now)
  expect([...engine.inLine('fair', lab.now)].map(job => job.spec.jobId)).toEqual(['c0', 'a1', 'a2'])
  engine.setEnvironment('machine', true, { vcpus: 1, memory: 10, gpus: 0 }, lab.now)
  expect(engine.shares('fair', lab.now)).toEqual([
    { identifier: 'a', vcpus: 0 },
    { identifier: 'b', vcpus: 0 },
    { identifier: 'c', vcpus: 1 },
  ])
})

describe('a compute reservation', () => {
  it('keeps some vCPUs while one share identifier is active, fewer with two', () => {
    const lab = fairLab(8, { reservation: 50 })
    submitMany(lab, 'a', 8)
    expect(lab.engine.used('machine').vcpus).toBe(4)
    lab.submit('b0', of('b'))
    expect(started(lab)).toContain('b0')
    expect(lab.engine.used('machine').vcpus).toBe(6)
  })

  it('ends with the window in which a share identifier counts as active', () => {
    const lab = fairLab(8, { reservation: 50 })
    lab.submit('b0', of('b'))
    lab.ends('b0')
    submitMany(lab, 'a', 8)
    expect(lab.engine.used('machine').vcpus).toBe(6)
    lab.now += 11 * MINUTE
    for (const jobId of ['a0', 'a1', 'a2', 'a3', 'a4', 'a5']) lab.ends(jobId)
    expect(lab.engine.shares('fair', lab.now)).toEqual([{ identifier: 'a', vcpus: 2 }])
  })

  it('never keeps a queue that uses nothing from starting', () => {
    const lab = fairLab(8, { reservation: 99 })
    submitMany(lab, 'a', 2)
    expect(started(lab)).toEqual(['a0'])
  })
})

it('starts jobs in the very order that it shows', () => {
  const job = fc.record({
    identifier: fc.constantFrom('a', 'b', 'c'),
    priority: fc.integer({ min: 0, max: 3 }),
    vcpus: fc.integer({ min: 1, max: 3 }),
  })
  fc.assert(
    fc.property(fc.array(job, { maxLength: 30 }), jobs => {
      const lab = fairLab(0, { weights: [{ identifier: 'b', weight: 0.5 }] })
      for (const [at, { identifier, priority, vcpus }] of jobs.entries())
        lab.submit(`j${at}`, of(identifier, priority, vcpus))
      const shown = inLine(lab)
      lab.do(lab.engine.setEnvironment('machine', true, { vcpus: 100, memory: 100, gpus: 0 }, lab.now))
      expect(started(lab)).toEqual(shown)
    }),
  )
})
