import type { ServerResponse } from 'node:http'
import { AwsError, unsupportedOperation } from './aws-error.ts'
import { type Call, callFor } from './call.ts'
import type { Face, WireRequest } from './face.ts'
import { writeJson, writeJsonError } from './json-answer.ts'
import { readText } from './request-body.ts'

/** Members of a request; nothing about them has been checked but that they came in a JSON object. */
export type JsonInput = Readonly<Record<string, unknown>>

/** Acts and returns the members of the answer; `undefined` answers `{}`. @throws AwsError to refuse. */
export type JsonOperation = (input: JsonInput, call: Call) => Promise<unknown> | unknown

/** A batch of 1 MiB, were every byte of it escaped, and room to spare. */
const BODY_LIMIT = 16 * 1024 * 1024

/**
 * The face of a service that speaks AWS JSON 1.0 or 1.1: `x-amz-target: AmazonSQS.SendMessage` names the operation,
 * the body is its input. An AwsError becomes the service's answer; any other error is passed on to the router.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
 * @example
 * jsonFace('AmazonSQS', { ListQueues: () => ({ QueueUrls: [] }) })
 */
export function jsonFace(prefix: string, operations: Readonly<Record<string, JsonOperation>>): Face {
  return async (request, response) => {
    try {
      const operation = operationOf(request, prefix, operations)
      const input = await readInput(request)
      const output = await operation(input, callFor(request.requestId, response))
      writeJson(response, 200, output ?? {}, headersFor(request))
    } catch (error) {
      refuse(request, response, error)
    }
  }
}

function operationOf(
  request: WireRequest,
  prefix: string,
  operations: Readonly<Record<string, JsonOperation>>,
): JsonOperation {
  const target = String(request.headers['x-amz-target'] ?? '')
  const name = target.startsWith(`${prefix}.`) ? target.slice(prefix.length + 1) : target
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined
  if (request.method !== 'POST' || operation === undefined) {
    throw unsupportedOperation(prefix, name || `${request.method} ${request.path}`, Object.keys(operations))
  }
  return operation
}

async function readInput(request: WireRequest): Promise<JsonInput> {
  const text = await readText(request, BODY_LIMIT)
  const input = text === '' ? {} : parse(text)
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new AwsError('SerializationException', 'The request body is not a JSON object.')
  }
  return input as JsonInput
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AwsError('SerializationException', 'The request body is not JSON.', { cause })
  }
}

function refuse(request: WireRequest, response: ServerResponse, error: unknown): void {
  if (!(error instanceof AwsError) || response.headersSent) throw error
  writeJsonError(response, error, headersFor(request))
}

function headersFor(request: WireRequest): Record<string, string> {
  const version = request.headers['content-type']?.includes('json-1.0') ? '1.0' : '1.1'
  return { 'content-type': `application/x-amz-json-${version}`, 'x-amzn-RequestId': request.requestId }
}
