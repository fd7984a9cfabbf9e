import type { ServerResponse } from 'node:http'
import { type Face, readBody, type WireRequest } from '../../wire/face.ts'
import type { Context, Operation } from '../operation/context.ts'
import { OPERATIONS } from '../operation/operations.ts'
import { listTagsForResource, tagResource, untagResource } from '../operation/tags.ts'
import { Members } from './members.ts'
import type { Rate } from './rate.ts'
import { clientException, tooManyRequests, WireError } from './wire-error.ts'

const LONGEST_BODY = 1024 * 1024
const TAGS = '/v1/tags/'

interface Call {
  readonly operation: Operation
  readonly members: Members
}

/** The wire face of Batch: JSON over POST, and tags at the path of their resource. `flush` is called before each answer. */
export function batchFace(context: Context, flush: () => void, rate: Rate | undefined): Face {
  return async (request, response) => {
    try {
      const { operation, members } = await callOf(request)
      if (request.path === '/v1/submitjob' && rate?.take() === false) throw tooManyRequests()
      const answer = operation(context, members)
      flush()
      send(request, response, 200, answer)
    } catch (error) {
      const { name, status, message } = asWireError(error)
      response.setHeader('x-amzn-errortype', name)
      send(request, response, status, { message })
    }
  }
}

async function callOf(request: WireRequest): Promise<Call> {
  if (request.path.startsWith(TAGS)) return tagsCall(request)
  const operation = request.method === 'POST' ? OPERATIONS.get(request.path) : undefined
  if (operation === undefined) throw unknownOperation(request)
  return { operation, members: new Members(await readJson(request)) }
}

async function tagsCall(request: WireRequest): Promise<Call> {
  const resourceArn = decode(request.path.slice(TAGS.length))
  const tagKeys = new URLSearchParams(request.query).getAll('tagKeys')
  switch (request.method) {
    case 'GET':
      return { operation: listTagsForResource, members: new Members({ resourceArn }) }
    case 'DELETE':
      return { operation: untagResource, members: new Members({ resourceArn, tagKeys }) }
    case 'POST': {
      const { values } = new Members(await readJson(request))
      return { operation: tagResource, members: new Members({ ...values, resourceArn }) }
    }
    default:
      throw unknownOperation(request)
  }
}

async function readJson(request: WireRequest): Promise<unknown> {
  const body = await readBody(request.body, LONGEST_BODY)
  if (body.length === 0) return {}
  try {
    return JSON.parse(body.toString())
  } catch {
    throw clientException('The request body is not JSON.')
  }
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    throw clientException(`The path ${path} is not percent-encoded UTF-8.`)
  }
}

function unknownOperation({ method, path }: WireRequest): WireError {
  return clientException(`${method} ${path.slice(0, 80)} is not an operation of the local AWS Batch.`)
}

/** What is no fault of the caller is said to be ours, and the message still tells what happened. */
function asWireError(error: unknown): WireError {
  if (error instanceof WireError) return error
  if (error instanceof RangeError) return clientException(error.message)
  return new WireError('ServerException', 500, error instanceof Error ? error.message : String(error))
}

function send({ requestId }: WireRequest, response: ServerResponse, status: number, answer: object): void {
  const body = JSON.stringify(answer)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-amzn-requestid': requestId,
  })
  response.end(body)
}
