import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { runClaim } from './run-claim.ts'

/** The SDK's own signer: it belongs to the client, not to us. */
const ofClient = createRequire(createRequire(import.meta.url).resolve('@aws-sdk/client-dynamodb'))
const { SignatureV4 } = ofClient('@smithy/signature-v4')
const { Hash } = ofClient('@smithy/core/serde')

const ROLE = { AccessKeyId: 'ASIAEXAMPLE', SecretAccessKey: 'secret/+', Token: 'token+/==' }

const RUNNING = { Item: { status: { S: 'RUNNING' } } }

it("signs with the role of the job as AWS's SDK does", async () => {
  const asked: { url: string; headers: IncomingHttpHeaders; body: string }[] = []
  const server = createServer(async (request, response) => {
    const { url = '', headers } = request
    asked.push({ url, headers, body: await text(request) })
    response.end(JSON.stringify(url === '/role' ? ROLE : RUNNING))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const end = await runClaim(
    {
      ...{ endpoint, runId: 'r', job: 'pay', submission: 1, jobId: 'j' },
      variables: {
        AWS_ACCESS_KEY_ID: undefined,
        AWS_SECRET_ACCESS_KEY: undefined,
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `${endpoint}/role`,
        AWS_CONTAINER_AUTHORIZATION_TOKEN: 'let me in',
        AWS_REGION: 'eu-west-1',
      },
    },
    ['true'],
  )
  server.close()
  expect(end).toMatchObject({ code: 0, output: '' })
  const [role, , , write] = asked
  expect(role?.headers.authorization).toBe('let me in')
  expect(write?.headers['x-amz-target']).toBe('DynamoDB_20120810.UpdateItem')
  expect(write?.headers.authorization).toBe(
    await sdkSignature(endpoint, write?.headers ?? {}, write?.body ?? ''),
  )
})

async function sdkSignature(endpoint: string, headers: IncomingHttpHeaders, body: string): Promise<string> {
  const signer = new SignatureV4({
    service: 'dynamodb',
    region: 'eu-west-1',
    sha256: Hash.bind(null, 'sha256'),
    applyChecksum: false,
    credentials: {
      accessKeyId: ROLE.AccessKeyId,
      secretAccessKey: ROLE.SecretAccessKey,
      sessionToken: ROLE.Token,
    },
  })
  const date = String(headers['x-amz-date']).replace(/(....)(..)(..T..)(..)(..)Z/, '$1-$2-$3:$4:$5Z')
  const signed = await signer.sign(
    {
      method: 'POST',
      protocol: 'http:',
      hostname: new URL(endpoint).hostname,
      path: '/',
      query: {},
      headers: {
        'content-type': headers['content-type'],
        host: headers.host,
        'x-amz-target': headers['x-amz-target'],
      },
      body,
    },
    { signingDate: new Date(date) },
  )
  return signed.headers.authorization
}
