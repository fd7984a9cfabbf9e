import { DescribeJobsCommand } from '@aws-sdk/client-batch'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { LocalBatch } from '../local-batch.ts'
import { furnish, submit } from '../local-batch-setup.ts'

let local: LocalBatch
beforeAll(async () => {
  local = await LocalBatch.open({ submitRate: 2, now: () => 1_000_000 })
  await furnish(local)
})
afterAll(() => local.close())

it('answers more calls than the rate allows with TooManyRequestsException', async () => {
  await submit(local)
  await submit(local)
  const error = await submit(local).catch(reason => reason)
  expect(error).toMatchObject({ name: 'TooManyRequestsException', $metadata: { httpStatusCode: 429 } })
  expect(error.$retryable ?? { throttling: true }).toMatchObject({ throttling: true })
})

it('names each answer', async () => {
  const { $metadata } = await local.client.send(new DescribeJobsCommand({ jobs: [] }))
  expect($metadata.requestId).toMatch(/^[0-9a-f-]{36}$/)
})

it.each([
  [
    'an unknown operation',
    'POST',
    '/v1/createquotashare',
    '{}',
    'POST /v1/createquotashare is not an operation of the local AWS Batch.',
  ],
  ['another method', 'GET', '/v1/submitjob', undefined, 'GET /v1/submitjob is not an operation'],
  ['another method for tags', 'PUT', '/v1/tags/x', '{}', 'PUT /v1/tags/x is not an operation'],
  ['a path that is not encoded', 'GET', '/v1/tags/%ZZ', undefined, 'not percent-encoded'],
  ['a body that is not JSON', 'POST', '/v1/submitjob', '{', 'The request body is not JSON.'],
  ['a body that is no object', 'POST', '/v1/submitjob', '[]', 'The request must be an object.'],
  ['a member of another kind', 'POST', '/v1/describejobs', '{"jobs":[1]}', 'jobs must be a list of strings.'],
  ['a body over 1 MB', 'POST', '/v1/submitjob', `"${'x'.repeat(1024 * 1024)}"`, 'larger than 1048576 bytes'],
])('refuses %s', async (_title, method, path, body, message) => {
  const answer = await fetch(`${local.endpoint}${path}`, body === undefined ? { method } : { method, body })
  expect(answer.status).toBe(400)
  expect(answer.headers.get('x-amzn-errortype')).toBe('ClientException')
  expect(await answer.json()).toEqual({ message: expect.stringContaining(message) })
})
