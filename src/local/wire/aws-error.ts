/**
 * An answer that refuses a request, as the AWS service would give it. The face that meets it writes it in its own
 * form; any other error is a fault of ours, and the router answers 500.
 *
 * @example
 * throw new AwsError('QueueDoesNotExist', 'There is no queue "jobs". Create it first.', {
 *   queryCode: 'AWS.SimpleQueueService.NonExistentQueue',
 * })
 */
export class AwsError extends Error {
  override readonly name = 'AwsError'
  /** The name SDK clients see: `error.name`. */
  readonly code: string
  readonly status: number
  /** The older name, for services that moved from the query form to JSON: sent as `x-amzn-query-error`. */
  readonly queryCode: string | undefined

  /** @param options.status HTTP status. @default 400 */
  constructor(
    code: string,
    message: string,
    options: { readonly status?: number; readonly queryCode?: string; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.status = options.status ?? 400
    this.queryCode = options.queryCode
  }
}

/** The refusal of an operation that local mode does not serve; it lists those it does. */
export function unsupportedOperation(
  service: string,
  operation: string,
  supported: readonly string[],
): AwsError {
  return new AwsError(
    'UnknownOperationException',
    `Local mode does not support ${JSON.stringify(operation.slice(0, 80))} of ${service}. It supports ${supported.join(', ')}.`,
  )
}
