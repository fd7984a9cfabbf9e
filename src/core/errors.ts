/** Identifiers that say which run, job or object an error is about; printed behind the message. */
export type ErrorIds = Readonly<Record<string, string | number>>

/**
 * An error with a stable code. The message names the thing, what is wrong with it, and the mend.
 *
 * `retryable` tells whether doing the same again may succeed: a queue redelivers then, and a person waits.
 *
 * @example
 * throw new BatchwiseError('E_RUN_UNKNOWN', 'There is no run "abc". List them with `batchwise runs`.', { ids: { runId: 'abc' } })
 */
export class BatchwiseError extends Error {
  override readonly name = 'BatchwiseError'
  readonly code: string
  readonly retryable: boolean
  readonly ids: ErrorIds

  constructor(
    code: string,
    message: string,
    options: { readonly retryable?: boolean; readonly ids?: ErrorIds; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.retryable = options.retryable ?? false
    this.ids = options.ids ?? {}
  }
}

/** Closes a switch: the compiler refuses a case that was forgotten. */
export function assertNever(value: never): never {
  throw new BatchwiseError('E_INTERNAL', `Unexpected value ${JSON.stringify(value)}. Please report this.`)
}
