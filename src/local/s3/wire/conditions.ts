import { S3Error } from './s3-error.ts'

/** What a condition looks at. */
export interface Entity {
  /** Without quotes. */
  readonly etag: string
  /** Milliseconds, whole seconds. */
  readonly lastModified: number
}

type Headers = ReadonlyMap<string, string>

/**
 * Checks the conditions of a read in the order HTTP gives them.
 *
 * @throws S3Error PreconditionFailed, NotModified
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-precedence-of-preconditions
 */
export function checkReadConditions(headers: Headers, entity: Entity): void {
  checkConditions(headers, '', entity, 'NotModified')
}

/** Checks the `x-amz-copy-source-if-*` conditions; all of them fail with PreconditionFailed. @throws S3Error */
export function checkSourceConditions(headers: Headers, source: Entity): void {
  checkConditions(headers, 'x-amz-copy-source-', source, 'PreconditionFailed')
}

function checkConditions(
  headers: Headers,
  prefix: string,
  entity: Entity,
  seen: 'NotModified' | 'PreconditionFailed',
) {
  const ifMatch = headers.get(`${prefix}if-match`)
  const ifNoneMatch = headers.get(`${prefix}if-none-match`)
  const unmodifiedSince = dateOf(headers.get(`${prefix}if-unmodified-since`))
  const modifiedSince = dateOf(headers.get(`${prefix}if-modified-since`))
  if (ifMatch !== undefined) {
    if (!matches(ifMatch, entity.etag)) throw failed(`${prefix}if-match`)
  } else if (entity.lastModified > unmodifiedSince) {
    throw failed(`${prefix}if-unmodified-since`)
  }
  if (ifNoneMatch !== undefined) {
    if (matches(ifNoneMatch, entity.etag)) throw failed(`${prefix}if-none-match`, seen, entity)
  } else if (entity.lastModified <= modifiedSince) {
    throw failed(`${prefix}if-modified-since`, seen, entity)
  }
}

/** Whether a write may replace what is there; asked again in the very turn of the write. */
export type WriteCondition = (present: Entity | undefined) => void

/**
 * The condition of a write: `If-None-Match: *` (nothing may be there) or `If-Match: <etag>`.
 *
 * @throws S3Error NotImplemented for any other If-None-Match; the condition itself throws PreconditionFailed, or
 *   NoSuchKey where If-Match finds nothing
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function writeCondition(headers: Headers): WriteCondition {
  const ifMatch = headers.get('if-match')
  const ifNoneMatch = headers.get('if-none-match')
  if (ifNoneMatch !== undefined && ifNoneMatch.trim() !== '*') {
    throw new S3Error(
      'NotImplemented',
      'A write knows If-None-Match only with "*". Use If-Match with an ETag.',
    )
  }
  return present => {
    if (ifNoneMatch !== undefined && present !== undefined) throw failed('if-none-match')
    if (ifMatch === undefined) return
    if (present === undefined)
      throw new S3Error('NoSuchKey', 'If-Match was given, but there is no such object.')
    if (!matches(ifMatch, present.etag)) throw failed('if-match')
  }
}

/** Whether an ETag is in the header's list; quotes do not matter. */
function matches(list: string, etag: string): boolean {
  return list.split(',').some(item => ['*', etag].includes(unquoteEtag(item)))
}

export function unquoteEtag(etag: string): string {
  return etag.trim().replace(/^(?:W\/)?"(.*)"$/, '$1')
}

function dateOf(header: string | undefined): number {
  return Date.parse(header ?? '') // NaN compares false: a date that cannot be read is no condition
}

function failed(
  condition: string,
  code: 'PreconditionFailed' | 'NotModified' = 'PreconditionFailed',
  entity?: Entity,
): S3Error {
  const message = `The condition ${condition} does not hold. Read the object again and decide anew.`
  const etag = entity === undefined ? {} : { ETag: `"${entity.etag}"` }
  return new S3Error(code, message, { Condition: condition, ...etag })
}
