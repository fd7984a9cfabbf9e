import { once } from 'node:events'
import { connect } from 'node:net'

export const SIGNATURE = 'a'.repeat(64)

/** A header as a client signs with it; the secret does not matter. */
export function authorization(service: string): string {
  const credential = `local/20261121/eu-west-1/${service}/aws4_request`
  return `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-date, Signature=${SIGNATURE}`
}

/** The query of a presigned URL. */
export function presigned(service: string): string {
  return new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `local/20261121/eu-west-1/${service}/aws4_request`,
    'X-Amz-Date': '20261121T010203Z',
    'X-Amz-Expires': '900',
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': SIGNATURE,
  }).toString()
}

/** Sends bytes as they are and reads what comes back until the other side closes. */
export async function sendRaw(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  let answer = ''
  socket.on('data', chunk => {
    answer += chunk
  })
  socket.on('error', () => {}) // a reset is an answer too: the text so far
  socket.write(text)
  await once(socket, 'close')
  return answer
}

/** A request of one line and some headers, after which the connection is to be closed. */
export function request(line: string, ...headers: readonly string[]): string {
  return [`${line} HTTP/1.1`, ...headers, 'connection: close', '', ''].join('\r\n')
}

export function statusOf(answer: string): number {
  return Number(answer.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length))
}
