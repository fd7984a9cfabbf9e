import { describe, expect, it } from 'vitest'
import { exited, Lab } from './lab.ts'

describe('plain dependencies', () => {
  it('hold a job back until all of them succeeded', () => {
    const lab = new Lab()
    lab.submit('a')
    lab.submit('b')
    lab.submit('c', { dependsOn: [{ jobId: 'a' }, { jobId: 'b', type: 'SEQUENTIAL' }] })
    lab.ends('a')
    expect(lab.status('c')).toBe('PENDING')
    lab.ends('b')
    expect(lab.status('c')).toBe('STARTING')
  })

  it('fail their dependents and those further down, without an attempt', () => {
    const lab = new Lab()
    lab.submit('a')
    lab.submit('b', { dependsOn: [{ jobId: 'a' }] })
    lab.submit('c', { dependsOn: [{ jobId: 'b' }] })
    lab.ends('a', exited(1))
    expect([lab.status('b'), lab.status('c')]).toEqual([
      'FAILED: Dependent Job failed',
      'FAILED: Dependent Job failed',
    ])
    expect(lab.job('c').state.attempts).toEqual([])
  })

  it.each([
    [0, 'STARTING'],
    [1, 'FAILED: Dependent Job failed'],
  ])('on a job that has ended with %i are settled at once: %s', (code, status) => {
    const lab = new Lab()
    lab.submit('a')
    lab.ends('a', exited(code))
    lab.submit('b', { dependsOn: [{ jobId: 'a' }] })
    expect(lab.status('b')).toBe(status)
  })

  it('may be chained 20,000 deep', () => {
    const lab = new Lab()
    lab.submit('0')
    for (let at = 1; at < 20_000; at += 1) lab.submit(`${at}`, { dependsOn: [{ jobId: `${at - 1}` }] })
    lab.ends('0', exited(1))
    expect(lab.status('19999')).toBe('FAILED: Dependent Job failed')
  })
})

describe('arrays', () => {
  it('keep their parent PENDING until the last child ended, then say how', () => {
    const lab = new Lab()
    lab.submit('a', { arraySize: 3 })
    expect(lab.log.slice(0, 4)).toEqual(['a PENDING', 'a:0 RUNNABLE', 'a:1 RUNNABLE', 'a:2 RUNNABLE'])
    lab.ends('a:0', exited(1))
    lab.ends('a:1')
    expect(lab.status('a')).toBe('PENDING')
    expect(lab.job('a').array?.counts).toMatchObject({ SUCCEEDED: 1, FAILED: 1, STARTING: 1 })
    lab.ends('a:2')
    expect(lab.status('a')).toBe('FAILED: Array Child Job failed')
    expect(lab.job('a').state.attempts).toEqual([])
  })

  it('succeed when all children did, and release who waits for the whole', () => {
    const lab = new Lab()
    lab.submit('a', { arraySize: 2 })
    lab.submit('b', { dependsOn: [{ jobId: 'a' }] })
    lab.ends('a:1')
    expect(lab.status('b')).toBe('PENDING')
    lab.ends('a:0')
    expect([lab.status('a'), lab.status('b')]).toEqual(['SUCCEEDED', 'STARTING'])
  })

  it('run one after the other when SEQUENTIAL, and stop at the first failure', () => {
    const lab = new Lab()
    lab.submit('a', { arraySize: 4, dependsOn: [{ type: 'SEQUENTIAL' }] })
    expect([lab.status('a:0'), lab.status('a:1')]).toEqual(['STARTING', 'PENDING'])
    lab.ends('a:0')
    lab.ends('a:1', exited(1))
    expect(lab.status('a:2')).toBe('FAILED: Dependent Job failed')
    expect(lab.status('a:3')).toBe('FAILED: Dependent Job failed')
    expect(lab.status('a')).toBe('FAILED: Array Child Job failed')
  })

  it('wait child by child when N_TO_N', () => {
    const lab = new Lab()
    lab.submit('a', { arraySize: 2 })
    lab.submit('b', { arraySize: 2, dependsOn: [{ jobId: 'a', type: 'N_TO_N' }] })
    lab.ends('a:1', exited(1))
    expect([lab.status('b:0'), lab.status('b:1')]).toEqual(['PENDING', 'FAILED: Dependent Job failed'])
    lab.ends('a:0')
    expect(lab.status('b:0')).toBe('STARTING')
    lab.ends('b:0')
    expect(lab.status('b')).toBe('FAILED: Array Child Job failed')
  })

  it('wait N_TO_N for an array that has no children yet', () => {
    const lab = new Lab()
    lab.submit('first')
    lab.submit('a', { arraySize: 2, dependsOn: [{ jobId: 'first' }] })
    lab.submit('b', { arraySize: 2, dependsOn: [{ jobId: 'a', type: 'N_TO_N' }] })
    expect(lab.status('b:1')).toBe('PENDING')
    lab.ends('first', exited(1))
    expect([lab.status('a'), lab.status('b:1'), lab.status('b')]).toEqual([
      'FAILED: Dependent Job failed',
      'FAILED: Dependent Job failed',
      'FAILED: Array Child Job failed',
    ])
  })

  it('release who waits for one child only', () => {
    const lab = new Lab()
    lab.submit('a', { arraySize: 2 })
    lab.submit('b', { dependsOn: [{ jobId: 'a:1' }] })
    lab.ends('a:0')
    expect(lab.status('b')).toBe('PENDING')
    lab.ends('a:1')
    expect(lab.status('b')).toBe('STARTING')
  })

  it('are cancelled with all their children, and end when the running ones have', () => {
    const lab = new Lab(1)
    lab.submit('a', { arraySize: 3 })
    lab.runs('a:0')
    lab.cancel('a')
    expect([lab.status('a:1'), lab.status('a')]).toEqual(['FAILED: not wanted', 'PENDING'])
    lab.ends('a:0')
    expect(lab.status('a')).toBe('FAILED: not wanted')
  })

  it('fail as a whole when a single child is terminated', () => {
    const lab = new Lab()
    lab.submit('a', { arraySize: 2 })
    lab.terminate('a:0')
    lab.ends('a:0', exited(143))
    lab.ends('a:1')
    expect([lab.status('a:0'), lab.status('a')]).toEqual(['FAILED: enough', 'FAILED: Array Child Job failed'])
  })

  it('share one state among children that wait alike', () => {
    const lab = new Lab(1)
    lab.submit('a', { arraySize: 10_000 })
    const children = lab.job('a').array?.children ?? []
    expect(new Set(children.map(child => child.state)).size).toBe(2)
  })
})
