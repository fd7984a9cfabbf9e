import { S3Error } from './s3-error.ts'
import type { S3Request } from './s3-request.ts'

const SEVEN_DAYS_IN_SECONDS = 604_800

/**
 * Refuses a presigned address whose time is over. The signature itself is not verified: the keys are dummies.
 *
 * @throws S3Error AccessDenied, InvalidArgument
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export function refuseExpired(request: S3Request, now: number): void {
  const expires = request.query.get('X-Amz-Expires')
  if (expires === undefined) return
  const signedAt = parseAmzDate(request.query.get('X-Amz-Date') ?? '')
  const seconds = Number(expires)
  if (
    !Number.isInteger(seconds) ||
    seconds < 1 ||
    seconds > SEVEN_DAYS_IN_SECONDS ||
    Number.isNaN(signedAt)
  ) {
    const message = 'X-Amz-Date or X-Amz-Expires cannot be read. Expires is 1 to 604800 seconds. Sign again.'
    throw new S3Error('InvalidArgument', message)
  }
  if (now > signedAt + seconds * 1000) {
    throw new S3Error('AccessDenied', 'The presigned address has expired. Make a new one.', {
      Expires: new Date(signedAt + seconds * 1000).toISOString(),
    })
  }
}

function parseAmzDate(text: string): number {
  return Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
}
