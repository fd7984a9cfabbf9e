import { describe, expect, it } from 'vitest'
import { exited, Lab } from './lab.ts'

const EXITED = 'Essential container in task exited'

describe('one job', () => {
  it('goes through every status and tells of each but SUBMITTED', () => {
    const lab = new Lab()
    lab.submit('a')
    lab.runs('a')
    lab.ends('a')
    expect(lab.log).toEqual(['a RUNNABLE', 'a STARTING', 'a RUNNING', 'a SUCCEEDED'])
    expect(lab.status('a')).toBe(`SUCCEEDED: ${EXITED}`)
  })

  it('records each attempt with its times', () => {
    const lab = new Lab()
    lab.submit('a', { retry: { attempts: 2, evaluateOnExit: [] } })
    lab.runs('a')
    lab.ends('a', exited(3))
    expect(lab.job('a').state).toMatchObject({
      status: 'STARTING',
      attempts: [{ exitCode: 3, startedAt: 1001, stoppedAt: 1002, statusReason: EXITED }],
    })
    lab.ends('a')
    expect(lab.job('a').state).toMatchObject({ status: 'SUCCEEDED', startedAt: 1003, stoppedAt: 1004 })
    expect(lab.job('a').state.attempts).toHaveLength(2)
  })

  it('has neither startedAt nor stoppedAt when it never ran', () => {
    const lab = new Lab()
    lab.submit('a')
    lab.do(
      lab.engine.attemptEnded(
        lab.job('a'),
        'task1',
        { statusReason: 'Task failed to start', reason: 'CannotStartContainerError: no' },
        2000,
      ),
    )
    expect(lab.job('a').state).not.toHaveProperty('startedAt')
    expect(lab.job('a').state).not.toHaveProperty('stoppedAt')
    expect(lab.status('a')).toBe('FAILED: Task failed to start')
  })

  it('ignores what an older attempt still says', () => {
    const lab = new Lab()
    lab.submit('a', { retry: { attempts: 2, evaluateOnExit: [] } })
    lab.ends('a', exited(1))
    lab.do(lab.engine.attemptEnded(lab.job('a'), 'task1', exited(0), 3000))
    expect(lab.job('a').state.status).toBe('STARTING')
  })

  it('fails when its turn comes, where its overrides are refused', () => {
    const lab = new Lab()
    lab.submit('a', { refusal: 'Container Overrides length must be at most 8192' })
    expect(lab.log).toEqual(['a RUNNABLE', 'a FAILED'])
    expect(lab.job('a').state.attempts).toEqual([])
  })
})

describe('timeout', () => {
  it('is measured from RUNNING, stops the attempt and is never retried', () => {
    const lab = new Lab()
    lab.submit('a', { timeout: 60, retry: { attempts: 3, evaluateOnExit: [] } })
    lab.runs('a')
    expect(lab.effects.findLast(effect => effect.type === 'watch')).toMatchObject({ at: 1001 + 60_000 })
    lab.do(lab.engine.timedOut(lab.job('a'), 'task1'))
    expect(lab.effects.at(-1)).toMatchObject({ type: 'stop', task: 'task1' })
    lab.ends('a', exited(137))
    expect(lab.status('a')).toBe('FAILED: Job attempt duration exceeded timeout')
    expect(lab.job('a').state.attempts[0]).toMatchObject({ exitCode: 137 })
  })

  it('does not count for an attempt that is over', () => {
    const lab = new Lab()
    lab.submit('a', { timeout: 60 })
    lab.ends('a')
    lab.do(lab.engine.timedOut(lab.job('a'), 'task1'))
    expect(lab.status('a')).toBe(`SUCCEEDED: ${EXITED}`)
  })
})

describe('cancel and terminate', () => {
  const given = {
    RUNNABLE: () => {
      const lab = new Lab(1)
      lab.submit('first')
      lab.submit('a')
      return lab
    },
    PENDING: () => {
      const lab = new Lab()
      lab.submit('first')
      lab.submit('a', { dependsOn: [{ jobId: 'first' }] })
      return lab
    },
    STARTING: () => {
      const lab = new Lab()
      lab.submit('a')
      return lab
    },
    RUNNING: () => {
      const lab = given.STARTING()
      lab.runs('a')
      return lab
    },
  }

  it.each([
    ['RUNNABLE', 'cancel', 'FAILED: not wanted'],
    ['PENDING', 'cancel', 'PENDING'],
    ['STARTING', 'cancel', 'STARTING'],
    ['RUNNING', 'cancel', 'RUNNING'],
    ['RUNNABLE', 'terminate', 'FAILED: enough'],
    ['PENDING', 'terminate', 'PENDING'],
    ['STARTING', 'terminate', 'STARTING'],
    ['RUNNING', 'terminate', 'RUNNING'],
  ] as const)('of a %s job by %s leaves it %s', (status, how, after) => {
    const lab = given[status]()
    lab[how]('a')
    expect(lab.status('a')).toBe(after)
  })

  it.each([
    ['cancel', `SUCCEEDED: ${EXITED}`],
    ['terminate', 'FAILED: enough'],
  ] as const)('of a RUNNING job by %s ends as %s', (how, after) => {
    const lab = given.RUNNING()
    lab[how]('a')
    lab.ends('a')
    expect(lab.status('a')).toBe(after)
  })

  it('takes effect on a PENDING job when its dependencies have ended', () => {
    const lab = given.PENDING()
    lab.cancel('a')
    expect(lab.job('a').state.stop).toMatchObject({ kind: 'cancel' })
    lab.ends('first')
    expect(lab.status('a')).toBe('FAILED: not wanted')
  })

  it('never retries a terminated job', () => {
    const lab = new Lab()
    lab.submit('a', { retry: { attempts: 5, evaluateOnExit: [] } })
    lab.runs('a')
    lab.terminate('a')
    lab.ends('a', exited(143))
    expect(lab.status('a')).toBe('FAILED: enough')
  })

  it('does nothing to a job that has ended', () => {
    const lab = new Lab()
    lab.submit('a')
    lab.ends('a')
    lab.terminate('a')
    expect(lab.status('a')).toBe(`SUCCEEDED: ${EXITED}`)
  })
})

describe('restart', () => {
  it('tries what was running again where the strategy allows it, and fails the rest', () => {
    const before = new Lab(2)
    before.submit('once')
    before.submit('twice', { retry: { attempts: 2, evaluateOnExit: [] } })
    before.submit('queued')
    before.submit('waits', { dependsOn: [{ jobId: 'queued' }] })
    before.runs('once')
    before.runs('twice')

    const after = new Lab(2)
    for (const job of before.engine.jobs()) {
      after.engine.restoreJob(job.spec)
      after.engine.restoreState(job.spec.jobId, job.state)
    }
    after.do(after.engine.resume('i-0123456789abcdef0', 5000))

    const reason = 'Host EC2 (instance i-0123456789abcdef0) terminated.'
    expect(after.status('once')).toBe(`FAILED: ${reason}`)
    expect(after.job('twice').state).toMatchObject({
      status: 'STARTING',
      attempts: [{ statusReason: reason, stoppedAt: 5000 }],
    })
    expect(after.status('queued')).toBe('STARTING')
    expect(after.engine.used('machine').vcpus).toBe(2)
    after.ends('queued')
    expect(after.status('waits')).toBe('STARTING')
  })
})

describe('retention', () => {
  it('forgets what ended before, and nothing that waited for it', () => {
    const lab = new Lab(1)
    lab.submit('a')
    lab.submit('b')
    lab.submit('c', { dependsOn: [{ jobId: 'a' }, { jobId: 'b' }] })
    lab.ends('a')
    lab.do(lab.engine.forget(lab.now + 1))
    expect(lab.engine.find('a')).toBeUndefined()
    lab.ends('b')
    expect(lab.status('c')).toBe('STARTING')
  })
})

describe('a deleted queue', () => {
  it('takes all its jobs along', () => {
    const lab = new Lab(1)
    lab.submit('runs')
    lab.submit('queued')
    lab.submit('waits', { dependsOn: [{ jobId: 'runs' }] })
    lab.do(lab.engine.removeQueue('main', ++lab.now))
    expect(lab.status('queued')).toBe('FAILED: JobQueue deleted')
    expect(lab.status('waits')).toBe('FAILED: JobQueue deleted')
    lab.ends('runs', exited(137))
    expect(lab.status('runs')).toBe('FAILED: JobQueue deleted')
  })
})
