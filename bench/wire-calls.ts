import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { signedService } from '../src/local/wire/signature.ts'

const CHANNEL = 'http.server.request.start'

/** Counts the requests that the servers of this process get. */
export class WireCalls {
  readonly #counts = new Map<string, number>()
  readonly #count = (message: unknown) => {
    const call = callOf((message as { readonly request: IncomingMessage }).request)
    this.#counts.set(call, (this.#counts.get(call) ?? 0) + 1)
  }

  start(): void {
    subscribe(CHANNEL, this.#count)
  }

  /** @returns calls, by `service Operation`, the most frequent first */
  stop(): ReadonlyMap<string, number> {
    unsubscribe(CHANNEL, this.#count)
    return new Map([...this.#counts].sort(([, a], [, b]) => b - a))
  }
}

function callOf({ headers, method = '', url = '' }: IncomingMessage): string {
  const service = signedService(headers, url.split('?')[1] ?? '') ?? 'unsigned'
  const target = String(headers['x-amz-target'] ?? '').split('.')[1]
  const path = service === 'batch' ? url.split('/').at(-1) : undefined
  return `${service} ${target ?? path ?? method}`
}
