import type { IncomingMessage, ServerResponse } from 'node:http'
import { writeJson } from './json-answer.ts'
import { SERVICES } from './service.ts'

const PATH = '/_batchwise/health'

/** The one request that needs no signature. No bucket can be named so; a page of whatever origin has no use of it. */
export function isHealthCheck(message: IncomingMessage): boolean {
  return message.method === 'GET' && message.url === PATH && message.headers.origin === undefined
}

/** Says that local AWS is up and what it serves. */
export function writeHealth(response: ServerResponse): void {
  const health = { status: 'ok', services: [...SERVICES, 'dynamodb'] }
  writeJson(response, 200, health, { 'content-type': 'application/json', 'cache-control': 'no-store' })
}
