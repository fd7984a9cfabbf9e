import type { ServerResponse } from 'node:http'
import type { AwsError } from './aws-error.ts'

/** Writes a JSON answer and ends the response. */
export function writeJson(
  response: ServerResponse,
  status: number,
  output: unknown,
  headers: Readonly<Record<string, string>>,
): void {
  const body = Buffer.from(JSON.stringify(output))
  response.writeHead(status, { ...headers, 'content-length': String(body.length) }).end(body)
}

/** Writes an error as the JSON protocols do: the name in `__type`, the text in `message`. */
export function writeJsonError(
  response: ServerResponse,
  error: AwsError,
  headers: Readonly<Record<string, string>>,
): void {
  const fault = error.status < 500 ? 'Sender' : 'Receiver'
  writeJson(
    response,
    error.status,
    { __type: error.code, message: error.message },
    {
      ...headers,
      'x-amzn-ErrorType': error.code,
      ...(error.queryCode === undefined ? {} : { 'x-amzn-query-error': `${error.queryCode};${fault}` }),
    },
  )
}
