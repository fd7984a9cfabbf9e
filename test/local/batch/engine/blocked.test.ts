import { describe, expect, it } from 'vitest'
import { Lab } from './lab.ts'

const FEW_VCPUS =
  'MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE - CE(s) associated with the job queue cannot meet the CPU requirement of the job.'
const NO_FIT =
  'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - The job resource requirement (vCPU/memory/GPU) is higher than that can be met by the CE(s) attached to the job queue.'
const NO_CAPACITY =
  'CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY - Service cannot fulfill the capacity requested for instance type [c7i.large]'
const UNKNOWN = 'UNDETERMINED - Batch job is blocked, root cause is undetermined.'

const CANCELED =
  'Canceled by JobStateTimeLimit action due to reason: MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE'
const LIMIT = { code: 'MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE', after: 600_000 } as const

const wanting = (vcpus: number, memory = 1, gpus = 0) => ({ resources: { vcpus, memory, gpus } })
const machine = (vcpus: number) => ({ vcpus, memory: 1024, gpus: 0 })
const blocks = (lab: Lab) =>
  lab.effects.flatMap(effect =>
    effect.type === 'blocked' ? [[effect.job.spec.jobId, effect.state.statusReason]] : [],
  )
const limits = (lab: Lab) =>
  lab.effects.flatMap(effect => (effect.type === 'limit' ? [[effect.job.spec.jobId, effect.at]] : []))

function limitedLab(vcpus: number): Lab {
  const lab = new Lab(vcpus)
  lab.do(
    lab.engine.setQueue({ name: 'main', priority: 1, environments: ['machine'], limits: [LIMIT] }, lab.now),
  )
  return lab
}

describe('the head of a queue that cannot start', () => {
  it.each<[title: string, arrange: (lab: Lab) => void, reason: string | undefined]>([
    ['wants more vCPUs than there are', lab => lab.submit('a', wanting(3)), FEW_VCPUS],
    ['wants more memory than there is', lab => lab.submit('a', wanting(1, 20_000)), NO_FIT],
    ['wants graphics cards', lab => lab.submit('a', wanting(1, 1, 1)), NO_FIT],
    [
      'finds no compute environment enabled',
      lab => {
        lab.do(lab.engine.setEnvironment('machine', false, machine(2), lab.now))
        lab.submit('a')
      },
      UNKNOWN,
    ],
    [
      'finds no instance of its type',
      lab => {
        lab.do(lab.engine.setOutage('machine', 'c7i.large', lab.now))
        lab.submit('a')
      },
      NO_CAPACITY,
    ],
    [
      'waits only for its turn',
      lab => {
        lab.submit('running', wanting(2))
        lab.submit('a', wanting(2))
      },
      undefined,
    ],
  ])('is told of when it %s', (_title, arrange, reason) => {
    const lab = new Lab(2)
    arrange(lab)
    expect(lab.job('a').state.statusReason).toBe(reason)
    expect(blocks(lab)).toEqual(reason === undefined ? [] : [['a', reason]])
  })

  it('is told of once for each reason, and no longer when it can start', () => {
    const lab = new Lab(1)
    lab.submit('a', wanting(2))
    lab.submit('b')
    lab.do(lab.engine.setOutage('machine', 'c7i.large', ++lab.now))
    lab.do(lab.engine.setEnvironment('machine', true, machine(2), ++lab.now))
    expect(blocks(lab)).toEqual([
      ['a', FEW_VCPUS],
      ['a', NO_CAPACITY],
    ])
    lab.do(lab.engine.setOutage('machine', undefined, ++lab.now))
    expect(lab.status('a')).toBe('STARTING')
    expect(lab.job('a').state).not.toHaveProperty('blockedAt')
    expect(lab.status('b')).toBe('RUNNABLE')
  })

  it('loses its reason when it waits only for its turn', () => {
    const lab = new Lab(2)
    lab.submit('running')
    lab.submit('a', wanting(3))
    lab.do(lab.engine.setEnvironment('machine', true, machine(3), ++lab.now))
    expect(lab.status('a')).toBe('RUNNABLE')
  })

  it('is one environment too small where another one is large enough', () => {
    const lab = new Lab(1)
    lab.do(lab.engine.setEnvironment('large', true, machine(4), lab.now))
    lab.do(lab.engine.setQueue({ name: 'main', priority: 1, environments: ['machine', 'large'] }, lab.now))
    lab.submit('running', wanting(3))
    lab.submit('a', wanting(3))
    expect(lab.status('a')).toBe('RUNNABLE')
  })
})

describe('a time limit for blocked jobs', () => {
  it('cancels the head for the reason it names, and lets the next one start', () => {
    const lab = limitedLab(1)
    lab.submit('a', wanting(2))
    lab.submit('b')
    expect(limits(lab)).toEqual([['a', lab.now + 600_000]])
    lab.now += 600_000
    lab.do(lab.engine.limitReached(lab.job('a'), lab.now))
    expect(lab.status('a')).toBe(`FAILED: ${CANCELED}`)
    expect(lab.status('b')).toBe('STARTING')
  })

  it('leaves a job alone that is blocked for another reason', () => {
    const lab = limitedLab(1)
    lab.submit('a', wanting(1, 20_000))
    expect(limits(lab)).toEqual([])
  })

  it('begins anew where the alarm came too early, and ends when the job can start', () => {
    const lab = limitedLab(1)
    lab.submit('a', wanting(2))
    lab.do(lab.engine.limitReached(lab.job('a'), lab.now + 599_999))
    expect(limits(lab)).toEqual(Array(2).fill(['a', lab.now + 600_000]))
    lab.do(lab.engine.setEnvironment('machine', true, machine(2), ++lab.now))
    lab.do(lab.engine.limitReached(lab.job('a'), lab.now + 600_000))
    expect(lab.status('a')).toBe('STARTING')
  })

  it('may be set while the job is blocked, and counts from when it was', () => {
    const lab = new Lab(1)
    lab.submit('a', wanting(2))
    const blockedAt = lab.now
    lab.now += 1000
    const settings = { name: 'main', priority: 1, environments: ['machine'] }
    lab.do(lab.engine.setQueue({ ...settings, limits: [LIMIT] }, lab.now))
    expect(limits(lab)).toEqual([['a', blockedAt + 600_000]])
    lab.do(lab.engine.setQueue(settings, lab.now))
    lab.do(lab.engine.limitReached(lab.job('a'), lab.now + 600_000))
    expect(lab.status('a')).toBe(`RUNNABLE: ${FEW_VCPUS}`)
  })
})
