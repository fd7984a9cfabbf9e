import { createHash } from 'node:crypto'
import type { Storage } from '../store/storage.ts'
import { type S3Answer, xmlAnswer } from '../wire/answer.ts'
import { readSmallBody } from '../wire/checked-body.ts'
import { S3Error } from '../wire/s3-error.ts'
import type { S3Request } from '../wire/s3-request.ts'
import { element, text, type Xml, xmlDocument } from '../wire/xml.ts'
import { childText, parseXml } from '../wire/xml-reader.ts'
import { fromToken, pageSize, toToken } from './paging.ts'

const MAX_CONFIGURATION_BYTES = 64 * 1024
const MAX_BUCKETS_LISTED = 10_000
/** The one region that takes no location constraint and lets an owner create a bucket again. */
const FIRST_REGION = 'us-east-1'

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
export function listBuckets({ buckets, identity }: Storage, { query }: S3Request): S3Answer {
  const after = fromToken(query.get('continuation-token')) ?? ''
  const prefix = query.get('prefix') ?? ''
  const limit = pageSize(query, 'max-buckets', MAX_BUCKETS_LISTED)
  const region = query.get('bucket-region') ?? identity.region
  const all = region === identity.region ? buckets.all() : []
  const fitting = all.filter(({ name }) => name.startsWith(prefix) && name > after)
  const page = fitting.slice(0, limit)
  const entries = page.map(({ name, createdAt }) =>
    element(
      'Bucket',
      text('Name', name),
      text('CreationDate', new Date(createdAt).toISOString()),
      text('BucketRegion', identity.region),
    ),
  )
  return xmlAnswer(
    xmlDocument(
      'ListAllMyBucketsResult',
      owner('Owner', identity.account),
      element('Buckets', ...entries),
      text('ContinuationToken', fitting.length > page.length ? toToken(page.at(-1)?.name) : undefined),
      text('Prefix', query.get('prefix')),
    ),
  )
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
export async function createBucket({ buckets, identity }: Storage, request: S3Request): Promise<S3Answer> {
  const { bucket } = request
  const size = Number(request.headers.get('content-length') ?? 0)
  checkLocation(
    size === 0 ? undefined : await readSmallBody(request, MAX_CONFIGURATION_BYTES),
    identity.region,
  )
  if (!buckets.has(bucket)) buckets.create(bucket)
  else if (identity.region !== FIRST_REGION) {
    const message = `You already own the bucket "${bucket}". Use it, or choose another name.`
    throw new S3Error('BucketAlreadyOwnedByYou', message, { BucketName: bucket })
  }
  return { status: 200, headers: { location: `/${bucket}`, 'content-length': '0' } }
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html */
export function headBucket({ buckets, identity }: Storage, { bucket }: S3Request): S3Answer {
  buckets.require(bucket)
  const headers = { 'x-amz-bucket-region': identity.region, 'x-amz-access-point-alias': 'false' }
  return { status: 200, headers: { ...headers, 'content-type': 'application/xml' } }
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html */
export function deleteBucket({ buckets, objects, uploads }: Storage, { bucket }: S3Request): S3Answer {
  const { size } = objects.index(bucket)
  if (size > 0) {
    const message = `The bucket "${bucket}" still has ${size} objects. Delete them first.`
    throw new S3Error('BucketNotEmpty', message, { BucketName: bucket })
  }
  for (const upload of uploads.ofBucket(bucket)) uploads.end(upload)
  buckets.delete(bucket)
  return { status: 204 }
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html */
export function getBucketLocation({ buckets, identity }: Storage, { bucket }: S3Request): S3Answer {
  buckets.require(bucket)
  const region = identity.region === FIRST_REGION ? '' : identity.region
  return xmlAnswer(xmlDocument('LocationConstraint', region as Xml))
}

/** The account as S3 names it: a long hexadecimal canonical id. */
export function owner(name: 'Owner' | 'Initiator', account: string): Xml {
  return element(name, text('ID', createHash('sha256').update(account).digest('hex')))
}

function checkLocation(configuration: string | undefined, region: string): void {
  const root = configuration === undefined ? undefined : parseXml(configuration)
  const unknown = root?.children.find(child => child.name !== 'LocationConstraint')
  if (unknown !== undefined) {
    throw new S3Error(
      'NotImplemented',
      `${unknown.name} in CreateBucketConfiguration is not built. Leave it out.`,
    )
  }
  const asked = (root === undefined ? undefined : childText(root, 'LocationConstraint')) ?? FIRST_REGION
  if (asked === region) return
  const message = `Buckets here are in ${region}, not in ${asked}. Give ${region} as LocationConstraint.`
  throw new S3Error('IllegalLocationConstraintException', message)
}
