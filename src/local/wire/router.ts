import { randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { AwsError } from './aws-error.ts'
import type { Face, WireRequest } from './face.ts'
import { isHealthCheck, writeHealth } from './health.ts'
import { likelyForm, refuse } from './refuse.ts'
import { refusal } from './safety.ts'
import { errorFormOf, isServiceName, SERVICES, type ServiceName } from './service.ts'
import { signedService } from './signature.ts'

export interface RouterOptions {
  /** The port it listens on: known only once it does. */
  readonly port: () => number
  readonly faces: Readonly<Record<ServiceName, Face>>
  /** Takes DynamoDB's requests as they came, the body unread. */
  readonly dynamo: (message: IncomingMessage, response: ServerResponse) => void
  /** Told of what a face threw, and of responses that broke. The client has been answered, or has gone. */
  readonly onError: (error: unknown, at: { readonly service: string; readonly requestId: string }) => void
}

/**
 * All services on one port, told apart as real clients sign: the service is in the scope of the SigV4 credential.
 * It refuses, with 403, what did not come from a client on this machine (see `safety.ts`) or is not signed.
 *
 * @example
 * const server = createServer(createRouter({ port, faces, dynamo, onError })).listen(4566, '127.0.0.1')
 */
export function createRouter(options: RouterOptions): RequestListener {
  return (message, response) => {
    const requestId = randomUUID()
    const refused = refusal(message, options.port())
    if (refused !== undefined) return refuse(response, likelyForm(message.headers), refused, requestId)
    if (isHealthCheck(message)) return writeHealth(response)
    const request = wireRequest(message, requestId)
    const service = signedService(request.headers, request.query)
    if (service === undefined) return refuse(response, likelyForm(message.headers), unsigned(), requestId)
    // A face that writes after the end makes the response emit an error; unheard, it would end the process.
    response.on('error', error => options.onError(error, { service, requestId }))
    if (service === 'dynamodb') return handOver(options, message, response, requestId)
    if (!isServiceName(service)) return refuse(response, 'json', unknown(service), requestId)
    void serve(options, service, request, response)
  }
}

async function serve(
  { faces, onError }: RouterOptions,
  service: ServiceName,
  request: WireRequest,
  response: ServerResponse,
): Promise<void> {
  try {
    await faces[service](request, response)
  } catch (error) {
    if (isHangUp(error, request)) return
    onError(error, { service, requestId: request.requestId })
    answerFault(response, service, request.requestId)
  }
}

/** A client that goes while it sends makes reading its body fail: no fault of ours, and nobody to tell. */
function isHangUp(error: unknown, { body }: WireRequest): boolean {
  return !body.complete && error instanceof Error && 'code' in error && error.code === 'ECONNRESET'
}

function answerFault(response: ServerResponse, service: ServiceName, requestId: string): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const fault = new AwsError(
    'InternalFailure',
    `Local AWS met an error of its own in ${service}. See its log.`,
    {
      status: 500,
    },
  )
  refuse(response, errorFormOf(service), fault, requestId)
}

function handOver(
  { dynamo, onError }: RouterOptions,
  message: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): void {
  try {
    dynamo(message, response)
  } catch (error) {
    onError(error, { service: 'dynamodb', requestId })
    response.destroy()
  }
}

function wireRequest(message: IncomingMessage, requestId: string): WireRequest {
  const { method = 'GET', url = '/', headers } = message
  const mark = url.indexOf('?')
  const path = mark < 0 ? url : url.slice(0, mark)
  const query = mark < 0 ? '' : url.slice(mark + 1)
  return { method, path, query, headers, body: message, requestId }
}

function unsigned(): AwsError {
  const message =
    'The request is not signed with Signature Version 4. Any credentials will do, "local" for example.'
  return new AwsError('MissingAuthenticationTokenException', message, { status: 403 })
}

function unknown(service: string): AwsError {
  const served = [...SERVICES, 'dynamodb'].join(', ')
  return new AwsError('UnknownServiceException', `Local AWS has no service "${service}". It has ${served}.`)
}
