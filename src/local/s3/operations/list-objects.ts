import type { KeyIndex } from '../store/key-index.ts'
import { listKeys } from '../store/key-listing.ts'
import type { ObjectVersion } from '../store/object-version.ts'
import type { Storage } from '../store/storage.ts'
import { type S3Answer, xmlAnswer } from '../wire/answer.ts'
import { percentEncode } from '../wire/percent.ts'
import type { S3Request } from '../wire/s3-request.ts'
import { element, text, type Xml, xmlDocument } from '../wire/xml.ts'
import { owner } from './buckets.ts'
import { encodingType, fromToken, pageSize, toToken } from './paging.ts'

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export function listObjectsV2(storage: Storage, { bucket, query }: S3Request): S3Answer {
  const token = query.get('continuation-token')
  const page = listPage(storage, bucket, query, fromToken(token) ?? query.get('start-after') ?? '')
  const ownerOf = query.get('fetch-owner') === 'true' ? [owner('Owner', storage.identity.account)] : []
  return xmlAnswer(
    xmlDocument(
      'ListBucketResult',
      ...page.head,
      text('StartAfter', page.encoded(query.get('start-after'))),
      text('KeyCount', page.versions.length + page.commonPrefixes.length),
      text('ContinuationToken', token),
      text('NextContinuationToken', toToken(page.next)),
      ...page.versions.map(version => contents(version, page, ownerOf)),
      ...page.commonPrefixes,
    ),
    { 'x-amz-bucket-region': storage.identity.region },
  )
}

/** The older form: marker instead of token. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html */
export function listObjects(storage: Storage, { bucket, query }: S3Request): S3Answer {
  const page = listPage(storage, bucket, query, query.get('marker') ?? '')
  // Without a delimiter S3 leaves NextMarker out: the last key is the next marker.
  const nextMarker = query.get('delimiter') ? page.next : undefined
  return xmlAnswer(
    xmlDocument(
      'ListBucketResult',
      ...page.head,
      text('Marker', page.encoded(query.get('marker') ?? '')),
      text('NextMarker', page.encoded(nextMarker)),
      ...page.versions.map(version => contents(version, page, [owner('Owner', storage.identity.account)])),
      ...page.commonPrefixes,
    ),
  )
}

interface Page {
  readonly head: readonly Xml[]
  readonly versions: readonly ObjectVersion[]
  readonly commonPrefixes: readonly Xml[]
  readonly next: string | undefined
  encoded(name: string | undefined): string | undefined
}

function listPage(storage: Storage, bucket: string, query: S3Request['query'], after: string): Page {
  const index = storage.objects.index(bucket)
  const prefix = query.get('prefix') ?? ''
  const delimiter = query.get('delimiter') ?? ''
  const limit = pageSize(query, 'max-keys')
  const encoding = encodingType(query)
  const encoded = (name: string | undefined) =>
    name !== undefined && encoding === 'url' ? percentEncode(name) : name
  const { keys, commonPrefixes, next } = listKeys(index, { prefix, delimiter, after, limit })
  const head = [
    text('Name', bucket),
    text('Prefix', encoded(prefix)),
    text('Delimiter', delimiter === '' ? undefined : encoded(delimiter)),
    text('MaxKeys', limit),
    text('EncodingType', encoding),
    text('IsTruncated', next !== undefined),
  ]
  return {
    head,
    versions: keys.flatMap(key => versionAt(index, key)),
    commonPrefixes: commonPrefixes.map(common => element('CommonPrefixes', text('Prefix', encoded(common)))),
    next,
    encoded,
  }
}

function versionAt(index: KeyIndex<ObjectVersion>, key: string): readonly ObjectVersion[] {
  const version = index.get(key)
  return version === undefined ? [] : [version]
}

function contents(version: ObjectVersion, page: Page, ownerOf: readonly Xml[]): Xml {
  return element(
    'Contents',
    text('Key', page.encoded(version.key)),
    text('LastModified', new Date(version.lastModified).toISOString()),
    text('ETag', `"${version.etag}"`),
    text('ChecksumAlgorithm', version.checksum?.algorithm),
    text('ChecksumType', version.checksum?.type),
    text('Size', version.size),
    ...ownerOf,
    text('StorageClass', version.storageClass),
  )
}
