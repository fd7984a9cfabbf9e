import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import { assertNever } from '../../core/errors.ts'
import type { AwsError } from './aws-error.ts'
import { writeJsonError } from './json-answer.ts'
import { writeQueryError } from './query-form.ts'
import type { ErrorForm } from './service.ts'
import { xmlElement } from './xml.ts'

/** Writes an error in a service's form and closes the connection, for the body may not have been read. */
export function refuse(response: ServerResponse, form: ErrorForm, error: AwsError, requestId: string): void {
  response.setHeader('connection', 'close')
  switch (form) {
    case 'json':
      writeJsonError(response, error, {
        'content-type': 'application/x-amz-json-1.1',
        'x-amzn-RequestId': requestId,
      })
      break
    case 'query':
      writeQueryError(response, error, requestId)
      break
    case 's3':
      writeS3Error(response, error, requestId)
      break
    default:
      assertNever(form)
  }
}

/** The form a client most likely reads, when it did not say for which service it came. */
export function likelyForm(headers: IncomingHttpHeaders): ErrorForm {
  const contentType = headers['content-type'] ?? ''
  if (contentType.includes('json')) return 'json'
  return contentType.includes('x-www-form-urlencoded') ? 'query' : 's3'
}

function writeS3Error(response: ServerResponse, error: AwsError, requestId: string): void {
  const xml = xmlElement('Error', { Code: error.code, Message: error.message, RequestId: requestId })
  const body = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${xml}`)
  response
    .writeHead(error.status, { 'content-type': 'application/xml', 'content-length': String(body.length) })
    .end(body)
}
