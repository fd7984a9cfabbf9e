import type { Unreadable } from '../ports.ts'

const REASONS: Readonly<Record<string, string>> = {
  NoSuchKey: 'there is no such object',
  NoSuchBucket: 'there is no such bucket',
  AccessDenied: 'access is denied; the function `advance` needs s3:GetObject and s3:ListBucket there',
}
/** Answers of the kind 4xx that may be others the next time: timed out, in conflict, throttled. */
const PASSING: ReadonlySet<number> = new Set([408, 409, 429])

/**
 * What S3 refuses for good, in words.
 *
 * @throws what may pass: no answer, 5xx, throttling
 */
export function unreadable(error: unknown): Unreadable {
  const { name, message, $metadata } = error as {
    readonly name?: string
    readonly message?: string
    readonly $metadata?: { readonly httpStatusCode?: number }
  }
  const status = $metadata?.httpStatusCode ?? 0
  if (status < 400 || status >= 500 || PASSING.has(status)) throw error
  return { type: 'unreadable', reason: REASONS[name ?? ''] ?? `${name}: ${message}`.slice(0, 200) }
}
