import { randomUUID } from 'node:crypto'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { Face } from '../../../src/local/wire/face.ts'

/** Listens on a free port until the test ends; gives the address. */
export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Serves one face without a router; what it throws is collected. */
export async function serveFace(
  face: Face,
): Promise<{ readonly url: string; readonly thrown: readonly unknown[] }> {
  const thrown: unknown[] = []
  const url = await serve((message, response) => {
    const [path = '', query = ''] = (message.url ?? '').split('?')
    const { method = '', headers } = message
    const request = { method, path, query, headers, body: message, requestId: randomUUID() }
    face(request, response).catch(error => {
      thrown.push(error)
      response.destroy()
    })
  })
  return { url, thrown }
}
