import { invalidArgument } from '../wire/s3-error.ts'

/**
 * A page size such as `max-keys`; `most` by default and at most, as S3 has it.
 *
 * @throws S3Error InvalidArgument
 */
export function pageSize(query: ReadonlyMap<string, string>, name: string, most = 1000): number {
  return Math.min(wholeNumber(query, name) ?? most, most)
}

/** @throws S3Error InvalidArgument for a query member that is there and no whole number */
export function wholeNumber(query: ReadonlyMap<string, string>, name: string): number | undefined {
  const value = query.get(name)
  if (value === undefined || value === '') return undefined
  if (/^\d{1,10}$/.test(value) && Number(value) < 2 ** 31) return Number(value)
  throw invalidArgument(name, value, 'Give a whole number from 0 to 2147483647.')
}

/** A continuation token hides the name the page before ended with. */
export function toToken(last: string | undefined): string | undefined {
  return last === undefined ? undefined : Buffer.from(`1${last}`).toString('base64url')
}

/** @throws S3Error InvalidArgument for what no page has given out */
export function fromToken(token: string | undefined): string | undefined {
  if (token === undefined) return undefined
  const bytes = Buffer.from(token, 'base64url')
  const last = bytes.toString()
  if (last.startsWith('1') && bytes.toString('base64url') === token) return last.slice(1)
  throw invalidArgument(
    'continuation-token',
    token,
    'It is none of ours. Pass on the one from the page before.',
  )
}

/**
 * How names go into a listing: as they are, or percent-encoded if the client asks for `encoding-type=url`.
 *
 * @throws S3Error InvalidArgument for another encoding
 */
export function encodingType(query: ReadonlyMap<string, string>): 'url' | undefined {
  const value = query.get('encoding-type')
  if (value === undefined || value === '' || value === 'url') return value === 'url' ? 'url' : undefined
  throw invalidArgument('encoding-type', value, 'The only encoding is "url".')
}
