import type { ServerResponse } from 'node:http'
import { AwsError, unsupportedOperation } from './aws-error.ts'
import { type Call, callFor } from './call.ts'
import type { Face, WireRequest } from './face.ts'
import { readText } from './request-body.ts'
import { type XmlValue, xmlElement } from './xml.ts'

/** The fields of a form, decoded: `Message`, `MessageAttributes.entry.1.Name`. */
export type Form = ReadonlyMap<string, string>

/** Acts and returns what stands in `<...Result>`; `undefined` if there is none. @throws AwsError to refuse. */
export type QueryOperation = (form: Form, call: Call) => Promise<XmlValue> | XmlValue

const BODY_LIMIT = 8 * 1024 * 1024

/**
 * The face of a service that speaks AWS query: a posted form in, XML out. An AwsError becomes the service's answer;
 * any other error is passed on to the router.
 *
 * AWS also takes these requests as GET; we do not: a web page can make a browser send a GET without an `Origin`.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export function queryFace(
  service: { readonly name: string; readonly namespace: string },
  operations: Readonly<Record<string, QueryOperation>>,
): Face {
  return async (request, response) => {
    try {
      const form = await readForm(request)
      const [action, operation] = operationOf(form, service.name, operations)
      const result = await operation(form, callFor(request.requestId, response))
      writeXml(response, 200, answer(action, result, service.namespace, request.requestId))
    } catch (error) {
      if (!(error instanceof AwsError) || response.headersSent) throw error
      writeQueryError(response, error, request.requestId, service.namespace)
    }
  }
}

/** The members of a list of structures, in the order of their numbers, each with names of its own. */
export function formList(form: Form, prefix: string): readonly Form[] {
  const members = new Map<number, Map<string, string>>()
  for (const [name, value] of form) {
    if (!name.startsWith(`${prefix}.`)) continue
    const [, index, field] = /^([1-9]\d{0,4})(?:\.(.+))?$/s.exec(name.slice(prefix.length + 1)) ?? []
    if (index === undefined) continue
    const member = members.get(Number(index)) ?? new Map<string, string>()
    members.set(Number(index), member.set(field ?? '', value))
  }
  return [...members].sort(([a], [b]) => a - b).map(([, member]) => member)
}

/** Writes an error as the query protocol does. */
export function writeQueryError(
  response: ServerResponse,
  error: AwsError,
  requestId: string,
  namespace?: string,
): void {
  const type = error.status < 500 ? 'Sender' : 'Receiver'
  const body = { Error: { Type: type, Code: error.code, Message: error.message }, RequestId: requestId }
  writeXml(response, error.status, xmlElement('ErrorResponse', body, xmlns(namespace)))
}

async function readForm(request: WireRequest): Promise<Form> {
  if (request.method !== 'POST') {
    throw new AwsError('InvalidAction', `Local mode takes this request as POST, not as ${request.method}.`)
  }
  return new Map(new URLSearchParams(await readText(request, BODY_LIMIT)))
}

function operationOf(
  form: Form,
  service: string,
  operations: Readonly<Record<string, QueryOperation>>,
): readonly [string, QueryOperation] {
  const action = form.get('Action') ?? ''
  const operation = Object.hasOwn(operations, action) ? operations[action] : undefined
  if (operation === undefined) throw unsupportedOperation(service, action, Object.keys(operations))
  return [action, operation]
}

function answer(action: string, result: XmlValue, namespace: string, requestId: string): string {
  const body = { [`${action}Result`]: result, ResponseMetadata: { RequestId: requestId } }
  return xmlElement(`${action}Response`, body, xmlns(namespace))
}

function xmlns(namespace: string | undefined): string {
  return namespace === undefined ? '' : ` xmlns="${namespace}"`
}

function writeXml(response: ServerResponse, status: number, xml: string): void {
  const body = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${xml}`)
  response.writeHead(status, { 'content-type': 'text/xml', 'content-length': String(body.length) }).end(body)
}
