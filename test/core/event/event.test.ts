import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BatchwiseError } from '../../../src/core/errors.ts'
import { parseAdvance } from '../../../src/core/event/advance-message.ts'
import { parseJobStateChange } from '../../../src/core/event/job-state-change.ts'
import { parseObjectCreated } from '../../../src/core/event/object-created.ts'
import { parseRunRequest } from '../../../src/core/event/run-request.ts'

const objectEvent = (object: object, more: object = {}) =>
  JSON.stringify({
    'detail-type': 'Object Created',
    time: '2026-11-21T01:02:03Z',
    detail: {
      bucket: { name: 'photos' },
      object: { key: 'a b+c/ü:1.csv', size: 5, etag: 'e', sequencer: '0A', ...object },
    },
    ...more,
  })

describe('Object Created', () => {
  it('reads the key raw, as EventBridge sends it', () => {
    expect(parseObjectCreated(objectEvent({}))).toEqual({
      bucket: 'photos',
      key: 'a b+c/ü:1.csv',
      size: 5,
      etag: 'e',
      sequencer: '0A',
      time: '2026-11-21T01:02:03Z',
    })
    expect(parseObjectCreated(objectEvent({ key: '100%25.csv' })).key).toBe('100%25.csv')
    expect(parseObjectCreated(objectEvent({ 'version-id': 'v' })).versionId).toBe('v')
  })

  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['no detail-type', '{}'],
    ['another detail-type', '{"detail-type":"Object Deleted","detail":{}}'],
    ['no detail', '{"detail-type":"Object Created"}'],
    ['an empty key', objectEvent({ key: '' })],
    ['a key over 1,024 bytes', objectEvent({ key: 'ü'.repeat(513) })],
    ['no bucket', JSON.stringify({ 'detail-type': 'Object Created', detail: { object: { key: 'k' } } })],
  ])('refuses %s', (_what, body) => expect(() => parseObjectCreated(body)).toThrow(BatchwiseError))
})

describe('an event from elsewhere', () => {
  const origin = { account: '111122223333', region: 'eu-west-1' }
  it.each([
    [
      'another account',
      { account: '999999999999', region: 'eu-west-1' },
      'is of account 999999999999, this stack is in 111122223333',
    ],
    [
      'another region',
      { account: '111122223333', region: 'us-east-1' },
      'is of region us-east-1, this stack is in eu-west-1',
    ],
    ['nowhere', {}, 'is of account undefined'],
  ])('is refused: of %s', (_what, from, problem) => {
    expect(() => parseObjectCreated(objectEvent({}, from), origin)).toThrow(problem)
    const change = JSON.stringify({ 'detail-type': 'Batch Job State Change', detail: {}, ...from })
    expect(() => parseJobStateChange(change, origin)).toThrow(problem)
    const request = JSON.stringify({ 'detail-type': 'Cancel Requested', detail: { runId: 'r' }, ...from })
    expect(() => parseRunRequest(request, origin)).toThrow(problem)
  })

  it('is taken when it is of this account and region', () => {
    expect(parseObjectCreated(objectEvent({}, origin), origin).bucket).toBe('photos')
  })
})

describe('Batch Job State Change', () => {
  const change = (detail: object) =>
    parseJobStateChange(JSON.stringify({ 'detail-type': 'Batch Job State Change', detail }))
  const ended = {
    jobName: 'n',
    jobId: 'j',
    status: 'FAILED',
    statusReason: 'Essential container in task exited',
    startedAt: 1,
    stoppedAt: 2,
    attempts: [
      { container: { exitCode: 1 } },
      { container: { exitCode: 137, reason: 'OutOfMemoryError: x', logStreamName: 's' } },
    ],
  }

  it('tells of the last attempt', () => {
    expect(change(ended)).toEqual({
      jobName: 'n',
      jobId: 'j',
      status: 'FAILED',
      statusReason: 'Essential container in task exited',
      startedAt: 1,
      stoppedAt: 2,
      attempts: 2,
      exitCode: 137,
      reason: 'OutOfMemoryError: x',
      logStream: 's',
    })
  })

  it('leaves an exit code that does not exist absent', () => {
    expect(change({ ...ended, attempts: [{ container: { reason: 'x' } }] })).not.toHaveProperty('exitCode')
  })

  it.each<[string, object]>([
    ["an array's child by its id", { ...ended, jobId: 'j:3' }],
    ["an array's child by its index", { ...ended, arrayProperties: { index: 0 } }],
    ['a node', { ...ended, jobId: 'j#0' }],
    ['a job without id', { ...ended, jobId: undefined }],
    ['a job without status', { ...ended, status: undefined }],
    ['a status that nobody knows', { ...ended, status: 'SCHEDULED' }],
  ])('passes over %s', (_what, detail) => expect(change(detail)).toBeUndefined())

  it('takes an array for its parent', () => {
    expect(change({ ...ended, arrayProperties: { size: 3, statusSummary: {} } })?.jobId).toBe('j')
  })
})

describe('requests', () => {
  const request = (type: string, detail: unknown, id = 'event-1') =>
    parseRunRequest(JSON.stringify({ id, 'detail-type': type, detail }))

  it('reads a start with its object and parameters', () => {
    expect(
      request('Start Requested', { workflow: 'w', object: { bucket: 'b', key: 'k' }, parameters: { n: 1 } }),
    ).toEqual({
      type: 'start',
      requestId: 'event-1',
      workflow: 'w',
      object: { bucket: 'b', key: 'k' },
      parameters: { n: 1 },
    })
  })

  it('reads cancel and retry', () => {
    expect(request('Cancel Requested', { runId: 'r' })).toEqual({ type: 'cancel', runId: 'r' })
    expect(request('Retry Requested', { runId: 'r', epoch: 2 })).toEqual({
      type: 'retry',
      runId: 'r',
      epoch: 2,
      wish: {},
    })
    const wish = { from: ['a'], failedItems: true, withCurrentDefinition: true, parameters: { n: 1 } }
    expect(request('Retry Requested', { runId: 'r', ...wish })).toEqual({ type: 'retry', runId: 'r', wish })
  })

  it.each<[string, string, unknown]>([
    ['a start without workflow', 'Start Requested', {}],
    ['a start with half an object', 'Start Requested', { workflow: 'w', object: { bucket: 'b' } }],
    ['a parameter that is a list', 'Start Requested', { workflow: 'w', parameters: { n: [] } }],
    ['a cancel without run', 'Cancel Requested', {}],
    ['a retry from something that is no job', 'Retry Requested', { runId: 'r', from: [1] }],
    ['a retry from no list', 'Retry Requested', { runId: 'r', from: 'a' }],
    ['a retry of failed items, perhaps', 'Retry Requested', { runId: 'r', failedItems: 'yes' }],
    ['a retry by another definition', 'Retry Requested', { runId: 'r', withCurrentDefinition: 'yes' }],
    ['a retry with a list for a parameter', 'Retry Requested', { runId: 'r', parameters: { n: [] } }],
  ])('refuses %s', (_what, type, detail) => expect(() => request(type, detail)).toThrow(BatchwiseError))
})

describe('any message', () => {
  it('is read or refused, and nothing else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), body => {
        for (const parse of [parseObjectCreated, parseJobStateChange, parseRunRequest, parseAdvance]) {
          try {
            parse(body)
          } catch (error) {
            expect(error).toBeInstanceOf(BatchwiseError)
          }
        }
      }),
    )
  })
})
