import { S3Error } from './s3-error.ts'

/** The bytes asked for, both ends included. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/**
 * Reads a `Range` header: `bytes=0-9`, `bytes=5-`, `bytes=-3` (the last three). What is no such range, several
 * ranges at once included, is left out of account as HTTP and S3 have it: the answer is then the whole object.
 *
 * @throws S3Error InvalidRange if no byte of the object is in it
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-range
 */
export function parseRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, first = '', last = ''] = /^\s*bytes\s*=\s*(\d{0,16})-(\d{0,16})\s*$/i.exec(header ?? '') ?? []
  if (first === '' && last === '') return undefined
  if (first !== '' && last !== '' && Number(first) > Number(last)) return undefined
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (start > end) {
    const message = `The object has ${size} bytes, none of them in the range "${header}". Ask for what is there.`
    throw new S3Error('InvalidRange', message, { RangeRequested: header ?? '', ActualObjectSize: size })
  }
  return { start, end }
}
