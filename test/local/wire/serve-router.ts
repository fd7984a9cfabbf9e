import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Face } from '../../../src/local/wire/face.ts'
import { createRouter } from '../../../src/local/wire/router.ts'
import { SERVICES, type ServiceName } from '../../../src/local/wire/service.ts'
import { serve } from './serve.ts'

export interface ServedRouter {
  readonly url: string
  readonly port: number
  readonly errors: readonly { readonly error: unknown; readonly service: string }[]
}

/** A router on a free port; services that are not given answer with their own name. */
export async function serveRouter(
  faces: Partial<Record<ServiceName, Face>> = {},
  dynamo: (message: IncomingMessage, response: ServerResponse) => void = (_, response) =>
    response.end('dynamodb'),
): Promise<ServedRouter> {
  const errors: { error: unknown; service: string }[] = []
  const named =
    (name: string): Face =>
    async (_request, response) =>
      void response.end(name)
  const all = Object.fromEntries(SERVICES.map(name => [name, faces[name] ?? named(name)]))
  let port = 0
  const url = await serve(
    createRouter({
      port: () => port,
      faces: all as Record<ServiceName, Face>,
      dynamo,
      onError: (error, { service }) => errors.push({ error, service }),
    }),
  )
  port = Number(new URL(url).port)
  return { url, port, errors }
}
