import { randomUUID } from 'node:crypto'
import { type AwsEvent, type EmitEvent, eventTime } from '../../aws-event.ts'
import type { Identity, Now } from '../../wire/face.ts'
import type { ObjectVersion } from './object-version.ts'
import type { Sequencer } from './sequencer.ts'

export type CreatedReason = 'PutObject' | 'CopyObject' | 'CompleteMultipartUpload'

/** The request that caused an event. */
export interface Origin {
  readonly requestId: string
  readonly sourceIpAddress: string
}

export interface ObjectEventsOptions {
  readonly identity: Identity
  readonly now: Now
  readonly emit: EmitEvent
  readonly sequencer: Sequencer
}

/**
 * Tells EventBridge of objects created and deleted. Keys go out raw, as EventBridge has them, not form-encoded.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
export class ObjectEvents {
  readonly #options: ObjectEventsOptions

  constructor(options: ObjectEventsOptions) {
    this.#options = options
  }

  created(version: ObjectVersion, reason: CreatedReason, origin: Origin): void {
    const object = { key: version.key, size: version.size, etag: version.etag, sequencer: this.#sequence() }
    this.#emit('Object Created', version.bucket, origin, { object }, { reason })
  }

  deleted(bucket: string, key: string, origin: Origin): void {
    const object = { key, sequencer: this.#sequence() }
    const why = { reason: 'DeleteObject', 'deletion-type': 'Permanently Deleted' }
    this.#emit('Object Deleted', bucket, origin, { object }, why)
  }

  #sequence(): string {
    return this.#options.sequencer.next()
  }

  #emit(detailType: string, bucket: string, origin: Origin, what: Detail, why: Detail): void {
    const { identity, now, emit } = this.#options
    const event: AwsEvent = {
      version: '0',
      id: randomUUID(),
      'detail-type': detailType,
      source: 'aws.s3',
      account: identity.account,
      time: eventTime(now()),
      region: identity.region,
      resources: [`arn:aws:s3:::${bucket}`],
      detail: {
        version: '0',
        'event-version': '1.0',
        bucket: { name: bucket },
        ...what,
        'request-id': origin.requestId,
        requester: identity.account,
        'source-ip-address': origin.sourceIpAddress,
        ...why,
      },
    }
    emit(event)
  }
}

type Detail = AwsEvent['detail']
