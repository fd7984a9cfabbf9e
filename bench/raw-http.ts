import { Agent, createServer, type RequestOptions, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A client over kept connections that does nothing but send and read. */
export interface RawClient {
  /** @returns the status */
  get(path: string): Promise<number>
  post(body: string, headers?: Readonly<Record<string, string>>): Promise<number>
  close(): void
}

export function rawClient(port: number): RawClient {
  const agent = new Agent({ keepAlive: true })
  const send = (options: RequestOptions, body = '') =>
    new Promise<number>((resolve, reject) => {
      const sent = request({ agent, host: '127.0.0.1', port, ...options }, response => {
        response.on('end', () => resolve(response.statusCode ?? 0)).on('error', reject)
        response.resume()
      })
      sent.on('error', reject)
      sent.end(body)
    })
  return {
    get: path => send({ path }),
    post: (body, headers = {}) => send({ method: 'POST', headers }, body),
    close: () => agent.destroy(),
  }
}

/** Serves on a free port of 127.0.0.1 while the work lasts. */
export async function serving<T>(server: Server, work: (port: number) => Promise<T>): Promise<T> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  try {
    return await work((server.address() as AddressInfo).port)
  } finally {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
}

/** A server that reads what comes and answers `{}`. */
export function emptyServer(): Server {
  return createServer((message, response) => {
    message.on('end', () => response.writeHead(200, { 'content-length': '2' }).end('{}'))
    message.resume()
  })
}
