import { S3Error, type S3ErrorCode } from './s3-error.ts'
import type { S3Request } from './s3-request.ts'

interface Refusal {
  readonly header: RegExp
  /** Values that ask for what is the case anyway. */
  readonly unless?: RegExp
  readonly code: S3ErrorCode
}

/** Headers whose wish would otherwise be ignored in silence. */
const REFUSALS: readonly Refusal[] = [
  {
    header: /^x-amz-acl$/,
    unless: /^(private|bucket-owner-full-control)$/,
    code: 'AccessControlListNotSupported',
  },
  { header: /^x-amz-grant-/, code: 'AccessControlListNotSupported' },
  { header: /^x-amz-tagging$/, unless: /^$/, code: 'NotImplemented' },
  { header: /^x-amz-tagging-directive$/, unless: /^COPY$/, code: 'NotImplemented' },
  { header: /^x-amz-object-lock-/, unless: /^OFF$/, code: 'NotImplemented' },
  { header: /^x-amz-bucket-object-lock-enabled$/, unless: /^false$/i, code: 'NotImplemented' },
  { header: /^x-amz-object-ownership$/, unless: /^BucketOwnerEnforced$/, code: 'NotImplemented' },
  // Encryption with S3's own key is what real S3 does in any case, and nobody sees it.
  { header: /^x-amz-server-side-encryption$/, unless: /^AES256$/, code: 'NotImplemented' },
  { header: /^x-amz-server-side-encryption-(customer|aws-kms|context)/, code: 'NotImplemented' },
  { header: /^x-amz-copy-source-server-side-encryption-/, code: 'NotImplemented' },
  { header: /^x-amz-website-redirect-location$/, code: 'NotImplemented' },
  { header: /^x-amz-write-offset-bytes$/, code: 'NotImplemented' },
  { header: /^x-amz-rename-source/, code: 'NotImplemented' },
  { header: /^x-amz-mfa$/, code: 'NotImplemented' },
]

const STORAGE_CLASSES = [
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER_IR',
]
const ARCHIVES = [
  'GLACIER',
  'DEEP_ARCHIVE',
  'SNOW',
  'OUTPOSTS',
  'EXPRESS_ONEZONE',
  'FSX_OPENZFS',
  'FSX_ONTAP',
]

/**
 * Refuses what the request's headers ask for and this S3 does not do.
 *
 * @throws S3Error AccessDenied, AccessControlListNotSupported, NotImplemented, InvalidStorageClass
 */
export function refuseWhatIsNotBuilt(request: S3Request, account: string): void {
  for (const [header, value] of request.headers) {
    const refusal = REFUSALS.find(
      ({ header: pattern, unless }) => pattern.test(header) && unless?.test(value) !== true,
    )
    if (refusal !== undefined)
      throw new S3Error(refusal.code, `${header}: ${value} is not built. Leave it out.`)
  }
  refuseForeignOwner(request, 'x-amz-expected-bucket-owner', account)
  refuseForeignOwner(request, 'x-amz-source-expected-bucket-owner', account)
  refuseStorageClass(request.headers.get('x-amz-storage-class'))
  refuseVersion(request.query.get('versionId'))
}

/** @throws S3Error NoSuchVersion, for there are no versions but the present one, whose id is `null` */
export function refuseVersion(versionId: string | undefined): void {
  if (versionId === undefined || versionId === 'null') return
  const message = 'Versioning is not built: an object has one version, its id is null. Leave versionId out.'
  throw new S3Error('NoSuchVersion', message, { VersionId: versionId })
}

function refuseForeignOwner(request: S3Request, header: string, account: string): void {
  const expected = request.headers.get(header)
  if (expected === undefined || expected === account) return
  throw new S3Error(
    'AccessDenied',
    `${header} is ${expected}, but all buckets here belong to ${account}. Correct it.`,
  )
}

function refuseStorageClass(storageClass: string | undefined): void {
  if (storageClass === undefined || STORAGE_CLASSES.includes(storageClass)) return
  const code = ARCHIVES.includes(storageClass) ? 'NotImplemented' : 'InvalidStorageClass'
  throw new S3Error(
    code,
    `The storage class ${storageClass} is not built. Use one of ${STORAGE_CLASSES.join(', ')}.`,
  )
}
