import { KeyIndex } from '../store/key-index.ts'
import { listKeys } from '../store/key-listing.ts'
import { compareKeys } from '../store/key-order.ts'
import type { Storage } from '../store/storage.ts'
import type { Upload } from '../store/upload-store.ts'
import { type S3Answer, xmlAnswer } from '../wire/answer.ts'
import { percentEncode } from '../wire/percent.ts'
import type { S3Request } from '../wire/s3-request.ts'
import { element, text, type Xml, xmlDocument } from '../wire/xml.ts'
import { owner } from './buckets.ts'
import { encodingType, pageSize } from './paging.ts'

/**
 * The multipart uploads in progress, by key, then by upload id.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html
 */
export function listUploads({ buckets, uploads, identity }: Storage, { bucket, query }: S3Request): S3Answer {
  buckets.require(bucket)
  const prefix = query.get('prefix') ?? ''
  const delimiter = query.get('delimiter') ?? ''
  const limit = pageSize(query, 'max-uploads')
  const encoding = encodingType(query)
  const encoded = (name: string) => (encoding === 'url' ? percentEncode(name) : name)
  const entries = entriesOf(uploads.ofBucket(bucket), prefix, delimiter).filter(entry =>
    isBehindMarkers(entry, query),
  )
  const page = entries.slice(0, limit)
  const last = limit > 0 && entries.length > page.length ? page.at(-1) : undefined
  return xmlAnswer(
    xmlDocument(
      'ListMultipartUploadsResult',
      text('Bucket', bucket),
      text('KeyMarker', encoded(query.get('key-marker') ?? '')),
      text('UploadIdMarker', query.get('upload-id-marker') ?? ''),
      text('NextKeyMarker', last && encoded(last.name)),
      text('NextUploadIdMarker', last?.upload?.uploadId),
      text('Prefix', encoded(prefix)),
      text('Delimiter', delimiter === '' ? undefined : encoded(delimiter)),
      text('EncodingType', encoding),
      text('MaxUploads', limit),
      text('IsTruncated', last !== undefined),
      ...page.map(entry => entryXml(entry, encoded, identity.account)),
    ),
  )
}

/** An upload, or a common prefix of several. */
interface Entry {
  readonly name: string
  readonly upload?: Upload
}

function entriesOf(uploads: readonly Upload[], prefix: string, delimiter: string): readonly Entry[] {
  const byKey = Map.groupBy(uploads, upload => upload.key)
  const query = { prefix, delimiter, after: '', limit: Number.POSITIVE_INFINITY }
  const { keys, commonPrefixes } = listKeys(new KeyIndex(byKey), query)
  const single = keys.flatMap(key =>
    [...(byKey.get(key) ?? [])].sort((a, b) => (a.uploadId < b.uploadId ? -1 : 1)),
  )
  const entries = [
    ...single.map(upload => ({ name: upload.key, upload })),
    ...commonPrefixes.map(name => ({ name })),
  ]
  return entries.sort((a, b) => compareKeys(a.name, b.name)) // stable: uploads of one key stay in their order
}

function isBehindMarkers({ name, upload }: Entry, query: S3Request['query']): boolean {
  const order = compareKeys(name, query.get('key-marker') ?? '')
  const idMarker = query.get('upload-id-marker') ?? ''
  return order > 0 || (order === 0 && idMarker !== '' && upload !== undefined && upload.uploadId > idMarker)
}

function entryXml({ name, upload }: Entry, encoded: (name: string) => string, account: string): Xml {
  if (upload === undefined) return element('CommonPrefixes', text('Prefix', encoded(name)))
  return element(
    'Upload',
    text('Key', encoded(upload.key)),
    text('UploadId', upload.uploadId),
    owner('Initiator', account),
    owner('Owner', account),
    text('StorageClass', upload.storageClass),
    text('Initiated', new Date(upload.initiatedAt).toISOString()),
    text('ChecksumAlgorithm', upload.checksum?.algorithm),
    text('ChecksumType', upload.checksum?.type),
  )
}
