import { badEvent, type EventOrigin, numberIn, objectIn, readEvent, textIn } from './event-error.ts'

/** An object that was written, as S3 tells EventBridge. The key is raw: EventBridge does not encode it. */
export interface ObjectCreated {
  readonly bucket: string
  readonly key: string
  /** Bytes; 0 if S3 did not say. */
  readonly size: number
  readonly etag?: string
  readonly versionId?: string
  /** Grows with each write of the same key. */
  readonly sequencer?: string
  /** ISO 8601. */
  readonly time: string
}

const MAX_KEY_BYTES = 1024

/**
 * Reads S3's `Object Created` event.
 *
 * @throws BatchwiseError E_EVENT
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
export function parseObjectCreated(body: string, origin?: EventOrigin): ObjectCreated {
  const { event, detail } = readEvent(body, ['Object Created'], origin)
  const object = objectIn(detail['object'])
  const bucket = textIn(objectIn(detail['bucket'])?.['name'])
  const key = textIn(object?.['key'])
  if (bucket === undefined) throw badEvent('The Object Created event names no bucket')
  if (key === undefined) throw badEvent('The Object Created event has an empty key')
  if (Buffer.byteLength(key) > MAX_KEY_BYTES)
    throw badEvent(`The Object Created event's key is longer than ${MAX_KEY_BYTES} bytes`)
  const etag = textIn(object?.['etag'])
  const versionId = textIn(object?.['version-id'])
  const sequencer = textIn(object?.['sequencer'])
  return {
    bucket,
    key,
    size: numberIn(object?.['size']) ?? 0,
    time: textIn(event['time']) ?? '',
    ...(etag !== undefined && { etag }),
    ...(versionId !== undefined && { versionId }),
    ...(sequencer !== undefined && { sequencer }),
  }
}
