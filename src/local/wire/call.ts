import type { ServerResponse } from 'node:http'

/** What an operation may know of the request besides its input. */
export interface Call {
  /** Random UUID, the same that goes back as x-amzn-RequestId. */
  readonly requestId: string
  /** Aborts when the client has gone before its answer: a long poll then hands out nothing. */
  readonly signal: AbortSignal
}

/** Opens a call that ends with its response. */
export function callFor(requestId: string, response: ServerResponse): Call {
  const controller = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) controller.abort()
  })
  return { requestId, signal: controller.signal }
}
