import type { SQSEvent } from 'aws-lambda'

declare global {
  /** When each event of a job reached the function, by `jobId status`; times are `performance.now()`. */
  var arrivals: Map<string, number> | undefined
}

/** Notes when it was invoked with which state changes. It runs in the process of the bench, which reads the notes. */
export async function handler(event: SQSEvent): Promise<void> {
  const now = performance.now()
  globalThis.arrivals ??= new Map()
  for (const { body } of event.Records) {
    const { detail } = JSON.parse(body)
    globalThis.arrivals.set(`${detail.jobId} ${detail.status}`, now)
  }
}
