/** An error Batch tells its caller: the name goes into `x-amzn-errortype`, the message into the body. */
export class WireError extends Error {
  override readonly name: string
  readonly status: number

  constructor(name: string, status: number, message: string) {
    super(message)
    this.name = name
    this.status = status
  }
}

/** The caller asked for something that cannot be. @see https://docs.aws.amazon.com/batch/latest/APIReference/CommonErrors.html */
export function clientException(message: string): WireError {
  return new WireError('ClientException', 400, message)
}

/** Over the rate: this one is not in Batch's model, and SDK clients retry it by its name. */
export function tooManyRequests(): WireError {
  return new WireError('TooManyRequestsException', 429, 'Too Many Requests')
}
