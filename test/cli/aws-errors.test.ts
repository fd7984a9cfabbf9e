import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from './run-command.ts'

interface Answer {
  readonly status: number
  readonly type: string
  readonly message: string
}

/** Answers every request as AWS refuses one, by the first part of the access key id. */
const ANSWERS: Readonly<Record<string, Answer>> = {
  EXPIRED: {
    status: 400,
    type: 'com.amazon.coral.service#ExpiredTokenException',
    message: 'The security token included in the request is expired',
  },
  UNKNOWN: {
    status: 400,
    type: 'com.amazon.coral.service#UnrecognizedClientException',
    message: 'The security token included in the request is invalid.',
  },
  DENIED: {
    status: 400,
    type: 'com.amazon.coral.service#AccessDeniedException',
    message:
      'User: arn:aws:iam::123456789012:user/ann is not authorized to perform: dynamodb:Query on resource: arn:aws:dynamodb:eu-west-1:123456789012:table/batchwise-dev/index/byCreated because no identity-based policy allows the dynamodb:Query action',
  },
  MISSING: {
    status: 400,
    type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException',
    message: 'Requested resource not found',
  },
  THROTTLE: {
    status: 400,
    type: 'com.amazon.coral.availability#ThrottlingException',
    message: 'Rate exceeded',
  },
}

/** Answers as a deployed stage that has no run. */
const DEPLOYED: Readonly<Record<string, unknown>> = {
  'AWSEvents.DescribeEventBus': {
    Name: 'batchwise-dev',
    Description: JSON.stringify({
      table: 'batchwise-dev-Table-1A2B',
      topic: 'arn:aws:sns:eu-west-1:123456789012:t',
      inputBucket: 'i',
      outputBucket: 'o',
    }),
  },
  'DynamoDB_20120810.Query': { Items: [], Count: 0, ScannedCount: 0 },
}

let server: Server
const asked: string[] = []
const bodies: string[] = []
beforeAll(async () => {
  server = createServer((request, response) => {
    const [, name = ''] = /Credential=([A-Z]+)/.exec(request.headers.authorization ?? '') ?? []
    asked.push(name)
    const { status, type, message } = ANSWERS[name] ?? { status: 500, type: 'Fault', message: '' }
    const known = name === 'FINE' ? DEPLOYED[String(request.headers['x-amz-target'])] : undefined
    void text(request).then(body => {
      bodies.push(body)
      response.writeHead(known ? 200 : status, { 'content-type': 'application/x-amz-json-1.0' })
      response.end(JSON.stringify(known ?? { __type: type, message }))
    })
  }).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const stage = ['runs', '--stage', 'dev', '--region', 'eu-west-1']
const asStage = (key: string) => ({
  AWS_ACCESS_KEY_ID: key,
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
})

describe.concurrent('an error of AWS', () => {
  it.each([
    ['EXPIRED', /credentials have expired\. Log in again/],
    ['UNKNOWN', /AWS does not know these credentials \(UnrecognizedClientException\)/],
    [
      'DENIED',
      /You may not call dynamodb:Query\. This line in your policy allows it: \{"Effect":"Allow","Action":"dynamodb:Query","Resource":"arn:aws:dynamodb:eu-west-1:123456789012:table\/batchwise-dev\/index\/byCreated"\}/,
    ],
    ['MISSING', /The stack is not deployed here.*npx serverless deploy --stage/],
    ['THROTTLE', /AWS is throttling this account, also after several tries/],
  ])('is told in words: %s', async (key, message) => {
    const { code, stdout, stderr } = await runCommand(stage, asStage(key))
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toMatch(message)
    expect(stderr.split('\n')).toHaveLength(2)
  })

  it('is told in words: no credentials at all', async () => {
    const { code, stderr } = await runCommand(stage)
    expect(code).toBe(3)
    expect(stderr).toMatch(/^batchwise: There are no AWS credentials: .*--profile.*\n$/)
  })

  it('is told in words: no region', async () => {
    const { code, stderr } = await runCommand(['runs', '--stage', 'dev'], { AWS_ACCESS_KEY_ID: 'X' })
    expect(code).toBe(3)
    expect(stderr).toMatch(/No AWS region is set\. Name one with --region/)
  })
})

it('comes after several tries when AWS throttles', () => {
  expect(asked.filter(name => name === 'THROTTLE').length).toBeGreaterThan(2)
})

it('finds the table of a stage by what its bus says', async () => {
  bodies.length = 0
  const { code, stdout } = await runCommand([...stage, '--json'], asStage('FINE'))
  expect({ code, stdout: JSON.parse(stdout) }).toEqual({ code: 0, stdout: { runs: [], next: null } })
  expect(bodies.map(body => JSON.parse(body))).toEqual([
    { Name: 'batchwise-dev' },
    expect.objectContaining({ TableName: 'batchwise-dev-Table-1A2B', IndexName: 'byCreated' }),
  ])
})
