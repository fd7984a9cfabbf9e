import type { Storage } from '../store/storage.ts'
import { type S3Answer, xmlAnswer } from '../wire/answer.ts'
import { readSmallBody } from '../wire/checked-body.ts'
import { writeCondition } from '../wire/conditions.ts'
import { refuseVersion } from '../wire/refusals.ts'
import { S3Error } from '../wire/s3-error.ts'
import { checkedKey, type S3Request } from '../wire/s3-request.ts'
import { element, text, type Xml, xmlDocument } from '../wire/xml.ts'
import { childText, parseXml, type XmlElement } from '../wire/xml-reader.ts'

const MAX_KEYS = 1000
const MAX_BODY_BYTES = 16 * 1024 * 1024
const KNOWN = ['Key', 'VersionId', 'ETag']

/** Deletes up to 1,000 objects; each succeeds or fails alone. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export async function deleteObjects(storage: Storage, request: S3Request): Promise<S3Answer> {
  storage.buckets.require(request.bucket)
  const root = parseXml(await readSmallBody(request, MAX_BODY_BYTES))
  const entries = root.children.filter(child => child.name === 'Object')
  if (root.name !== 'Delete' || entries.length === 0 || entries.length > MAX_KEYS) {
    const message = `The body is a Delete element with ${entries.length} objects. Send 1 to ${MAX_KEYS} at once.`
    throw new S3Error('MalformedXML', message)
  }
  const quiet = childText(root, 'Quiet') === 'true'
  const results = entries.map(entry => deleteOne(storage, request, entry, quiet))
  return xmlAnswer(xmlDocument('DeleteResult', ...results))
}

function deleteOne(storage: Storage, request: S3Request, entry: XmlElement, quiet: boolean): Xml {
  const key = childText(entry, 'Key')
  if (key === undefined) throw new S3Error('MalformedXML', 'An Object has no Key. Give each one.')
  try {
    checkEntry(entry)
    const etag = childText(entry, 'ETag')
    const condition = writeCondition(new Map(etag === undefined ? [] : [['if-match', etag]]))
    storage.objects.delete(request.bucket, checkedKey(key), condition, request)
    return quiet ? ('' as Xml) : element('Deleted', text('Key', key))
  } catch (error) {
    if (!(error instanceof S3Error)) throw error
    return element('Error', text('Key', key), text('Code', error.code), text('Message', error.message))
  }
}

function checkEntry(entry: XmlElement): void {
  refuseVersion(childText(entry, 'VersionId'))
  const unknown = entry.children.find(child => !KNOWN.includes(child.name))
  if (unknown !== undefined) {
    throw new S3Error(
      'NotImplemented',
      `Deleting by ${unknown.name} is not built. Leave it out, or give the ETag.`,
    )
  }
}
