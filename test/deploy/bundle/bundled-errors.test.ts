import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleFunction } from '../../../src/deploy/bundle/bundle-function.ts'
import { errorsAt } from './errors-entry.ts'

const folder = mkdtempSync(join(tmpdir(), 'batchwise-bundle-'))
let bundled: typeof errorsAt
let answer: (service: string) => readonly [status: number, headers: Record<string, string>, body: string]
const server = createServer((request, response) => {
  const [, service = ''] = /Credential=A\/\d+\/[^/]+\/([^/]+)/.exec(request.headers.authorization ?? '') ?? []
  request.resume().on('end', () => {
    const [status, headers, body] = answer(service)
    response.writeHead(status, headers).end(body)
  })
})
const endpoint = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { code } = await bundleFunction(process.cwd(), 'test/deploy/bundle/errors-entry.ts')
  const file = join(folder, 'entry.cjs')
  writeFileSync(file, code)
  bundled = createRequire(import.meta.url)(file).errorsAt
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

/** As each protocol writes an error of this name. */
function refusal(status: number, names: Readonly<Record<string, string>>): typeof answer {
  return service => {
    const name = names[service] ?? names['others'] ?? ''
    if (service === 'sns' || service === 's3') {
      const error = `<Error><Type>Sender</Type><Code>${name}</Code><Message>no &amp; no</Message></Error>`
      const body = service === 's3' ? error : `<ErrorResponse>${error}</ErrorResponse>`
      return [status, { 'content-type': 'text/xml' }, body]
    }
    const body = JSON.stringify({ __type: `com.amazonaws.${service}#${name}`, message: 'no & no' })
    return [status, { 'x-amzn-errortype': name }, body]
  }
}

/** The SDK's class has another name for it; without the class it is the code of the wire. */
function codeOf(name: string | undefined): string | undefined {
  return name === 'NotFoundException' ? 'NotFound' : name
}

describe('an error of AWS in a bundle', () => {
  it.each([
    [
      'of the service',
      refusal(400, {
        dynamodb: 'ConditionalCheckFailedException',
        batch: 'ClientException',
        sqs: 'QueueDoesNotExist',
        sns: 'NotFound',
        s3: 'NoSuchBucket',
        others: 'ResourceNotFoundException',
      }),
      400,
    ],
    ['of every service', refusal(403, { others: 'AccessDeniedException', s3: 'AccessDenied' }), 403],
    ['throttling', refusal(400, { others: 'ThrottlingException', s3: 'SlowDown' }), 400],
    ['of theirs', refusal(500, { others: 'InternalServerError', batch: 'ServerException' }), 500],
    ['that says nothing', (() => [503, {}, '']) as typeof answer, 503],
  ] as const)('is the one that the SDK gives: %s', async (_title, refused, status) => {
    answer = refused
    const [plain, ours] = await Promise.all([errorsAt(endpoint()), bundled(endpoint())])
    expect(ours).toEqual({ ...plain, sns: { ...plain['sns'], name: codeOf(plain['sns']?.name) } })
    expect(Object.values(ours).map(error => error.status)).toEqual(Object.keys(ours).map(() => status))
  })
})
