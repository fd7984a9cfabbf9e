import { badEvent, objectIn, textIn } from './event-error.ts'

/**
 * Reads a message of the `advance` queue.
 *
 * @throws BatchwiseError E_EVENT
 */
export function parseAdvance(body: string): { readonly runId: string } {
  let message: unknown
  try {
    message = JSON.parse(body)
  } catch {
    throw badEvent('The advance message is not JSON')
  }
  const runId = textIn(objectIn(message)?.['runId'])
  if (runId === undefined) throw badEvent('The advance message names no runId')
  return { runId }
}
