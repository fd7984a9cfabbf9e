import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { signedService } from '../../src/local/wire/signature.ts'

/** A request that a server of this process answered. */
export interface SeenRequest {
  readonly service: string
  readonly operation: string
  readonly body: string
  readonly answerBytes: number
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** Sees the requests to this process whole, without taking anything from who serves them. */
export class Requests {
  readonly #bodies = new WeakMap<IncomingMessage, Buffer[]>()
  readonly #seen: SeenRequest[] = []
  readonly #onStart = (message: unknown) => this.#follow((message as Exchange).request)
  readonly #onFinish = (message: unknown) => this.#finish(message as Exchange)

  start(): void {
    subscribe('http.server.request.start', this.#onStart)
    subscribe('http.server.response.finish', this.#onFinish)
  }

  stop(): readonly SeenRequest[] {
    unsubscribe('http.server.request.start', this.#onStart)
    unsubscribe('http.server.response.finish', this.#onFinish)
    return this.#seen
  }

  /** What the parser pushes in is what the server reads out. */
  #follow(request: IncomingMessage): void {
    const chunks: Buffer[] = []
    const push = request.push.bind(request)
    request.push = (chunk, encoding) => {
      if (Buffer.isBuffer(chunk)) chunks.push(Buffer.from(chunk))
      return push(chunk, encoding)
    }
    this.#bodies.set(request, chunks)
  }

  #finish({ request, response }: Exchange): void {
    const { headers, method = '', url = '' } = request
    const service = signedService(headers, url.split('?')[1] ?? '') ?? 'unsigned'
    const target = String(headers['x-amz-target'] ?? '').split('.')[1]
    this.#seen.push({
      service,
      operation: target ?? (service === 'batch' ? (url.split('/').at(-1) ?? '') : method),
      body: Buffer.concat(this.#bodies.get(request) ?? []).toString('utf8'),
      answerBytes: Number(response.getHeader('content-length') ?? 0),
    })
  }
}
