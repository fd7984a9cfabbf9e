import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { ClientTarget } from '../../../src/aws/client-target.ts'

/** What a service of AWS that local mode does not have answers: by service, a status and a body. */
export type Answers = Readonly<Record<string, (asked: string) => readonly [status: number, body: string]>>

export interface PretendedAws {
  readonly target: ClientTarget
  close(): void
}

/** Tells services apart as AWS clients sign; gives the request's target, path and body as one text. */
export async function pretendAws(answers: Answers): Promise<PretendedAws> {
  const server = createServer((request, response) => {
    void text(request).then(body => {
      const asked = `${request.headers['x-amz-target'] ?? ''} ${request.method} ${request.url} ${body}`
      const [status, answer] = answers[serviceOf(request)]?.(asked) ?? [500, '']
      response.writeHead(status).end(answer)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    target: { endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'A', secretAccessKey: 'B' } },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function serviceOf({ headers }: IncomingMessage): string {
  return /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)/.exec(headers.authorization ?? '')?.[1] ?? ''
}
