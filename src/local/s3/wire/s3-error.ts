/** Every error code this S3 answers with, and its HTTP status. */
const STATUS_OF = {
  AccessControlListNotSupported: 400,
  AccessDenied: 403,
  BadDigest: 400,
  BucketAlreadyOwnedByYou: 409,
  BucketNotEmpty: 409,
  EntityTooLarge: 400,
  EntityTooSmall: 400,
  IllegalLocationConstraintException: 400,
  IncompleteBody: 400,
  InternalError: 500,
  InvalidArgument: 400,
  InvalidBucketName: 400,
  InvalidDigest: 400,
  InvalidPart: 400,
  InvalidPartNumber: 416,
  InvalidPartOrder: 400,
  InvalidRange: 416,
  InvalidRequest: 400,
  InvalidStorageClass: 400,
  InvalidURI: 400,
  KeyTooLongError: 400,
  MalformedTrailerError: 400,
  MalformedXML: 400,
  MetadataTooLarge: 400,
  MethodNotAllowed: 405,
  MissingContentLength: 411,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  NoSuchUpload: 404,
  NoSuchVersion: 404,
  NotImplemented: 501,
  NotModified: 304,
  PreconditionFailed: 412,
  XAmzContentSHA256Mismatch: 400,
} as const

export type S3ErrorCode = keyof typeof STATUS_OF

/**
 * An error as S3 answers it: code, status and the named fields of its XML body.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export class S3Error extends Error {
  override readonly name = 'S3Error'
  readonly code: S3ErrorCode
  readonly status: number
  /** More elements of the error's body, such as `Key`. */
  readonly fields: Readonly<Record<string, string | number>>

  constructor(code: S3ErrorCode, message: string, fields: Readonly<Record<string, string | number>> = {}) {
    super(message)
    this.code = code
    this.status = STATUS_OF[code]
    this.fields = fields
  }
}

export function noSuchBucket(bucket: string): S3Error {
  return new S3Error('NoSuchBucket', `The bucket "${bucket}" does not exist. Create it first.`, {
    BucketName: bucket,
  })
}

export function noSuchKey(key: string): S3Error {
  return new S3Error('NoSuchKey', 'There is no object with this key. List the bucket to see what is there.', {
    Key: key,
  })
}

export function noSuchUpload(uploadId: string): S3Error {
  const message =
    'There is no such multipart upload: it was completed, aborted or never started. Start a new one.'
  return new S3Error('NoSuchUpload', message, { UploadId: uploadId })
}

export function invalidArgument(name: string, value: string, expected: string): S3Error {
  return new S3Error('InvalidArgument', `${name} is "${value.slice(0, 80)}". ${expected}`, {
    ArgumentName: name,
    ArgumentValue: value,
  })
}
