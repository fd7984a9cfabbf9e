import { expect, it } from 'vitest'
import { exited, Lab } from './lab.ts'

const wanting = (vcpus: number, memory = 1024, gpus = 0) => ({ resources: { vcpus, memory, gpus } })
const started = (lab: Lab) =>
  lab.log.filter(line => line.endsWith('STARTING')).map(line => line.split(' ')[0])

it('never takes more than the environment has, and goes on when room is made', () => {
  const lab = new Lab(4)
  lab.submit('a', wanting(3))
  lab.submit('b', wanting(2))
  expect(lab.status('b')).toBe('RUNNABLE')
  lab.ends('a')
  expect(lab.status('b')).toBe('STARTING')
  expect(lab.engine.used('machine')).toEqual({ vcpus: 2, memory: 1024, gpus: 0 })
})

it.each([
  ['more processors', wanting(9), 'COMPUTE_ENVIRONMENT_MAX_RESOURCE'],
  ['more memory', wanting(1, 20_000), 'JOB_RESOURCE_REQUIREMENT'],
  ['graphics cards', wanting(1, 1024, 1), 'JOB_RESOURCE_REQUIREMENT'],
])('leaves a job RUNNABLE that wants %s than there are, and all behind it', (_what, spec, code) => {
  const lab = new Lab()
  lab.submit('big', spec)
  lab.submit('small')
  expect(lab.status('big')).toContain(`RUNNABLE: MISCONFIGURATION:${code} - `)
  expect(lab.status('small')).toBe('RUNNABLE')
  lab.cancel('big')
  expect(lab.status('small')).toBe('STARTING')
})

it('serves the queue of higher priority first, and another one where its head does not fit', () => {
  const lab = new Lab(2)
  lab.do(lab.engine.setQueue({ name: 'urgent', priority: 10, environments: ['machine'] }, lab.now))
  lab.submit('running', wanting(1))
  lab.submit('urgent-big', { queue: 'urgent', ...wanting(2) })
  lab.submit('low')
  expect(started(lab)).toEqual(['running', 'low'])
  lab.submit('low-2')
  lab.submit('low-3')
  lab.ends('running')
  lab.ends('low')
  expect(started(lab)).not.toContain('urgent-big')
  lab.ends('low-2')
  lab.ends('low-3')
  expect(started(lab).at(-1)).toBe('urgent-big')
})

it('tries the compute environments of a queue in order, and skips a disabled one', () => {
  const lab = new Lab(1)
  lab.do(lab.engine.setEnvironment('second', true, { vcpus: 1, memory: 4096, gpus: 0 }, lab.now))
  lab.do(lab.engine.setQueue({ name: 'main', priority: 1, environments: ['machine', 'second'] }, lab.now))
  lab.submit('a')
  lab.submit('b')
  lab.submit('c')
  expect(['a', 'b', 'c'].map(id => lab.job(id).state.environment)).toEqual(['machine', 'second', undefined])
  lab.do(lab.engine.setEnvironment('machine', false, { vcpus: 1, memory: 16384, gpus: 0 }, lab.now))
  lab.ends('a')
  expect(lab.status('c')).toBe('RUNNABLE')
})

it('puts a retry at the front of its queue', () => {
  const lab = new Lab(1)
  lab.submit('a', { retry: { attempts: 2, evaluateOnExit: [] } })
  lab.submit('b')
  lab.ends('a', exited(1))
  expect(started(lab)).toEqual(['a', 'a'])
  expect([...lab.engine.inLine('main', lab.now)].map(job => job.spec.jobId)).toEqual(['b'])
})

it('knows since when a job is the next of its queue', () => {
  const lab = new Lab(1)
  for (const jobId of ['a', 'b', 'c']) lab.submit(jobId)
  const next = () => lab.engine.atPositionSince(lab.job('b'))
  expect(next()).toBe(1000)
  lab.now = 5000
  lab.cancel('b')
  expect(lab.engine.atPositionSince(lab.job('c'))).toBe(5001)
  lab.now = 9000
  lab.submit('d')
  expect(lab.engine.atPositionSince(lab.job('c'))).toBe(5001)
})

it('has nothing slower than its line with 100,000 jobs waiting', () => {
  const lab = new Lab(1)
  for (let at = 0; at < 100_000; at += 1) lab.submit(`j${at}`)
  for (let at = 0; at < 50_000; at += 1) lab.cancel(`j${at + 25_000}`)
  for (let at = 0; at < 25_000; at += 1) lab.ends(`j${at}`)
  expect(lab.status('j75000')).toBe('STARTING')
})
