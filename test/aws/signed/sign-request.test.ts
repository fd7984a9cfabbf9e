import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { BatchClient, ListJobsCommand } from '@aws-sdk/client-batch'
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signRequest } from '../../../src/aws/signed/sign-request.ts'

const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const WITH_TOKEN = { ...KEYS, sessionToken: 'a+token/with==' }
const NOW = new Date('2015-08-30T12:36:00Z')

/** The published test suite of Signature Version 4. */
it.each([
  ['/', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
  ['/?Param1=value1&Param2=value2', 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500'],
])('signs GET %s as the test suite of AWS has it', (path, signature) => {
  const url = new URL(path, 'https://example.amazonaws.com')
  const request = {
    method: 'GET',
    url,
    body: '',
    headers: {},
    service: 'service',
    region: 'us-east-1',
  } as const
  expect(signRequest(request, KEYS, NOW)['authorization']).toMatch(new RegExp(`Signature=${signature}$`))
})

describe('a request that the SDK has signed', () => {
  const seen: { readonly request: IncomingMessage; readonly body: string }[] = []
  const server = createServer((request, response) => {
    void text(request).then(body => {
      seen.push({ request, body })
      response.writeHead(400).end()
    })
  })
  beforeAll(() => new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve)))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  it.each([
    [
      'sns',
      (target: object) =>
        new SNSClient(target).send(new PublishCommand({ Message: 'a b+c/ü', TopicArn: 't' })),
    ],
    ['batch', (target: object) => new BatchClient(target).send(new ListJobsCommand({ jobQueue: 'ü' }))],
  ])('has the same signature from us: %s', async (service, send) => {
    seen.length = 0
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    await expect(
      send({ endpoint, region: 'eu-west-1', credentials: WITH_TOKEN, maxAttempts: 1 }),
    ).rejects.toThrow()
    const [{ request, body } = seen[0] as never] = seen
    const { authorization = '', host, 'x-amz-date': date, ...sent } = request.headers
    const [, names = ''] = /SignedHeaders=([^,]+)/.exec(authorization) ?? []
    const headers = Object.fromEntries(
      names.split(';').flatMap(name => (sent[name] === undefined ? [] : [[name, String(sent[name])]])),
    )
    const now = new Date(String(date).replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'))
    const url = new URL(request.url ?? '', `http://${host}`)
    const signed = signRequest(
      { method: 'POST', url, body, headers, service, region: 'eu-west-1' },
      WITH_TOKEN,
      now,
    )
    expect(signed['authorization']).toBe(authorization)
  })
})
