import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SQSClient } from '@aws-sdk/client-sqs'
import { Journal } from '../../../src/local/journal.ts'
import { createQueues, type Queues } from '../../../src/local/sqs/queues.ts'
import type { Face } from '../../../src/local/wire/face.ts'

export const IDENTITY = { account: '000000000000', region: 'eu-west-1' }

/** A folder of its own, gone at the end of the block. */
export function temporaryFolder(): { path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), 'batchwise-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** The queues of a folder, and how to end them as a stop or a kill would. */
export function openQueues(
  folder: string,
  now: () => number = Date.now,
): { queues: Queues; journal: Journal } {
  const journal = new Journal(join(folder, 'journal'))
  const queues = createQueues({ journal, identity: IDENTITY, now, endpoint: () => 'http://127.0.0.1:4566' })
  journal.open()
  return { queues, journal }
}

/** Queues over HTTP, with a client of the AWS SDK. */
export async function serveQueues(now: () => number = Date.now) {
  const folder = temporaryFolder()
  const { queues, journal } = openQueues(folder.path, now)
  const server = await listen(queues.face)
  const client = new SQSClient({
    endpoint: server.endpoint,
    region: IDENTITY.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  return {
    queues,
    client,
    endpoint: server.endpoint,
    async [Symbol.asyncDispose]() {
      client.destroy()
      await server.close()
      journal.close()
      folder[Symbol.dispose]()
    },
  }
}

async function listen(face: Face): Promise<{ endpoint: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const [path = '', query = ''] = (request.url ?? '').split('?')
    const { method = '', headers } = request
    face({ method, path, query, headers, body: request, requestId: 'r' }, response).catch(error =>
      response.destroy(error),
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
