import { describe, expect, it } from 'vitest'
import type { Queues } from '../../../src/local/sqs/queues.ts'
import { openQueues, temporaryFolder } from './local-sqs.ts'

const JOBS = { name: 'jobs', visibilityTimeout: 30 }

/** Queues in a folder that is reopened at will, with a clock that is set by hand. */
function reopenable() {
  const folder = temporaryFolder()
  const clock = { now: 1_000_000 }
  let open = openQueues(folder.path, () => clock.now)
  return {
    clock,
    get queues(): Queues {
      return open.queues
    },
    /** As after kill -9: nothing is closed but what the kernel closes. */
    reopen(): Queues {
      open.journal.flush()
      open = openQueues(folder.path, () => clock.now)
      return open.queues
    },
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  }
}

const bodies = (queues: Queues, name: string, max = 10) => queues.receive(name, max).map(it => it.body)

describe('after a restart', () => {
  it('brings back what was received and not deleted, with its receive count', () => {
    using it = reopenable()
    it.queues.create(JOBS)
    it.queues.send('jobs', 'kept')
    it.queues.receive('jobs', 1)
    const queues = it.reopen()
    expect(bodies(queues, 'jobs')).toEqual([])
    it.clock.now += 30_000
    const [message] = queues.receive('jobs', 10)
    expect(message).toMatchObject({ body: 'kept', attributes: { ApproximateReceiveCount: '2' } })
  })

  it('never brings back what was deleted, and takes a handle from before', () => {
    using it = reopenable()
    it.queues.create(JOBS)
    it.queues.send('jobs', 'one')
    it.queues.send('jobs', 'two')
    const [one, two] = it.queues.receive('jobs', 2)
    it.queues.delete('jobs', one?.receiptHandle ?? '')
    it.reopen().delete('jobs', two?.receiptHandle ?? '')
    it.clock.now += 60_000
    expect(bodies(it.reopen(), 'jobs')).toEqual([])
  })

  it('keeps attributes, dead-letter past and settings', () => {
    using it = reopenable()
    it.queues.create({ ...JOBS, redrive: { maxReceiveCount: 1, deadLetterQueue: 'dead' } })
    it.queues.create({ name: 'dead', visibilityTimeout: 30 })
    it.queues.send('jobs', 'poison', { attributes: { a: { DataType: 'String', StringValue: 'b' } } })
    it.queues.receive('jobs', 1)
    it.clock.now += 30_000
    it.queues.receive('jobs', 1)
    it.reopen()
    const queues = it.reopen()
    expect(queues.queue('jobs').definition.redrive).toEqual({ maxReceiveCount: 1, deadLetterQueue: 'dead' })
    expect(queues.receive('dead', 1)).toMatchObject([
      {
        body: 'poison',
        attributes: { ApproximateReceiveCount: '2', DeadLetterQueueSourceArn: queues.arn('jobs') },
        messageAttributes: { a: { DataType: 'String', StringValue: 'b' } },
      },
    ])
  })

  it('gives a queue the settings it is created with now, and keeps its messages', () => {
    using it = reopenable()
    it.queues.create(JOBS)
    it.queues.send('jobs', 'kept')
    it.reopen().create({ ...JOBS, visibilityTimeout: 5 })
    expect(it.queues.queue('jobs').definition.visibilityTimeout).toBe(5)
    expect(bodies(it.queues, 'jobs')).toEqual(['kept'])
  })
})

describe('the dead-letter queue', () => {
  it('gets a message when it would be received once more, and wakes its listeners', () => {
    using it = reopenable()
    const { queues, clock } = it
    queues.create({ ...JOBS, redrive: { maxReceiveCount: 2, deadLetterQueue: 'dead' } })
    queues.create({ name: 'dead', visibilityTimeout: 30 })
    let woken = 0
    queues.onMessage('dead', () => woken++)
    queues.send('jobs', 'poison')
    for (const expected of [['poison'], ['poison'], []]) {
      expect(bodies(queues, 'jobs')).toEqual(expected)
      clock.now += 30_000
    }
    expect([woken, bodies(queues, 'dead')]).toEqual([1, ['poison']])
  })

  it('counts receives of its own for its own redrive policy', () => {
    using it = reopenable()
    const { queues, clock } = it
    queues.create({ ...JOBS, redrive: { maxReceiveCount: 1, deadLetterQueue: 'dead' } })
    queues.create({ ...JOBS, name: 'dead', redrive: { maxReceiveCount: 1, deadLetterQueue: 'deader' } })
    queues.create({ ...JOBS, name: 'deader' })
    queues.send('jobs', 'poison')
    for (const [name, expected] of [
      ['jobs', 1],
      ['jobs', 0],
      ['dead', 1],
      ['dead', 0],
      ['deader', 1],
    ] as const) {
      expect(queues.receive(name, 10)).toHaveLength(expected)
      clock.now += 30_000
    }
  })

  it('leaves the message where it is while that queue does not exist', () => {
    using it = reopenable()
    const { queues, clock } = it
    queues.create({ ...JOBS, redrive: { maxReceiveCount: 1, deadLetterQueue: 'gone' } })
    queues.send('jobs', 'poison')
    for (let round = 0; round < 3; round++) {
      expect(bodies(queues, 'jobs')).toEqual(['poison'])
      clock.now += 30_000
    }
  })
})

it('wakes listeners on a message, on an earlier visibility and on a release, until they leave', () => {
  using it = reopenable()
  const { queues } = it
  queues.create(JOBS)
  let woken = 0
  const leave = queues.onMessage(queues.arn('jobs'), () => woken++)
  queues.send('jobs', 'one')
  const [message] = queues.receive('jobs', 1)
  queues.changeVisibility('jobs', message?.receiptHandle ?? '', 0)
  queues.receive('jobs', 1)
  queues.release('jobs')
  leave()
  queues.send('jobs', 'two')
  expect([woken, bodies(queues, 'jobs')]).toEqual([3, ['one', 'two']])
})

it('tells when the next message is visible', () => {
  using it = reopenable()
  const { queues, clock } = it
  queues.create({ ...JOBS, delay: 5 })
  expect(queues.nextVisibleAt('jobs')).toBeUndefined()
  queues.send('jobs', 'later')
  queues.send('jobs', 'sooner', { delay: 2 })
  expect(queues.nextVisibleAt('jobs')).toBe(clock.now + 2000)
})

it('names a queue that does not exist, by name or ARN', () => {
  using it = reopenable()
  const { queues } = it
  expect(() => queues.send('nowhere', 'x')).toThrow('nowhere')
  expect(() => queues.receive('nowhere', 1)).toThrow('does not exist')
  expect(() => queues.send('arn:aws:sqs:eu-west-1:111111111111:jobs', 'x')).toThrow('111111111111')
})

it('takes a message to the limit and refuses one byte more, attributes counted', () => {
  using it = reopenable()
  it.queues.create({ ...JOBS, maximumMessageSize: 1024 })
  it.queues.send('jobs', 'x'.repeat(1024))
  expect(() => it.queues.send('jobs', 'ü'.repeat(513))).toThrow('1026 bytes')
  const attributes = { a: { DataType: 'String', StringValue: 'b' } }
  expect(() => it.queues.send('jobs', 'x'.repeat(1017), { attributes })).toThrow('1025 bytes')
})

it('drops what is older than its retention', () => {
  using it = reopenable()
  it.queues.create({ ...JOBS, retention: 60 })
  it.queues.send('jobs', 'old')
  it.clock.now += 60_000
  expect(it.queues.queue('jobs').counts(it.clock.now)).toEqual({ visible: 0, inFlight: 0, delayed: 0 })
  expect(bodies(it.queues, 'jobs')).toEqual([])
  expect(it.queues.nextVisibleAt('jobs')).toBeUndefined()
})

it('works through a hundred thousand messages, each received and deleted once', () => {
  using it = reopenable()
  const { queues } = it
  queues.create(JOBS)
  for (let number = 0; number < 100_000; number++) queues.send('jobs', String(number))
  const seen = new Set<string>()
  for (let batch = queues.receive('jobs', 10); batch.length > 0; batch = queues.receive('jobs', 10)) {
    for (const { body, receiptHandle } of batch) {
      seen.add(body)
      queues.delete('jobs', receiptHandle)
    }
  }
  expect([seen.size, queues.nextVisibleAt('jobs')]).toEqual([100_000, undefined])
})
