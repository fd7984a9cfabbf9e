import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { BatchClient } from '@aws-sdk/client-batch'
import { afterEach, describe, expect, it } from 'vitest'
import { failedChildrenWith } from '../../src/aws/failed-children.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** A Batch whose list of failed children, and whose own count of them, are another at each look. */
async function batchWith(looks: readonly { readonly listed: readonly number[]; readonly counted: number }[]) {
  let look = 0
  const server = createServer(async (request, response) => {
    const { listed = [], counted = 0 } = looks[Math.min(look, looks.length - 1)] ?? {}
    const { jobs = [] } = JSON.parse(await text(request)) as { jobs?: readonly string[] }
    if (request.url === '/v1/describejobs') look++
    const array = {
      jobId: 'j',
      arrayProperties: { size: 5, statusSummary: { FAILED: counted, SUCCEEDED: 5 - counted } },
    }
    const body =
      request.url === '/v1/listjobs'
        ? {
            jobSummaryList: listed.map(index => ({
              jobId: `j:${index}`,
              jobName: 'n',
              arrayProperties: { index },
            })),
          }
        : {
            jobs: jobs.map(jobId =>
              jobId === 'j'
                ? array
                : { jobId, attempts: [{ container: { exitCode: 3, logStreamName: `of ${jobId}` } }] },
            ),
          }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const client = new BatchClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  closers.push(() => {
    client.destroy()
    server.closeAllConnections()
    server.close()
  })
  return failedChildrenWith(client, 1)('j')
}

describe('failed children', () => {
  it('are listed with the cause of the first', async () => {
    expect(await batchWith([{ listed: [4, 1, 2], counted: 3 }])).toEqual({
      ...{ count: 3, indexes: '1-2,4', of: 5 },
      ...{ exitCode: 3, logStream: 'of j:1' },
    })
  })

  it('are asked for again while the list lacks some that the array counts', async () => {
    const looks = [
      { listed: [1], counted: 2 },
      { listed: [1, 3], counted: 2 },
    ]
    const found = await batchWith(looks)
    expect(found).toMatchObject({ count: 2, indexes: '1,3' })
    expect(found).not.toHaveProperty('isUncertain')
  })

  it('are uncertain when list and count do not come together', async () => {
    expect(await batchWith([{ listed: [1], counted: 2 }])).toMatchObject({ count: 1, isUncertain: true })
    expect(await batchWith([{ listed: [1, 2], counted: 1 }])).toMatchObject({ isUncertain: true })
  })
})
