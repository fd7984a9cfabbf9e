import type { ServerResponse } from 'node:http'
import type { EmitEvent } from '../aws-event.ts'
import type { Face, Identity, Now, WireRequest } from '../wire/face.ts'
import { abortUpload } from './operations/abort-upload.ts'
import {
  createBucket,
  deleteBucket,
  getBucketLocation,
  headBucket,
  listBuckets,
} from './operations/buckets.ts'
import { completeUpload } from './operations/complete-upload.ts'
import { copyObject } from './operations/copy-object.ts'
import { createUpload } from './operations/create-upload.ts'
import { deleteObject } from './operations/delete-object.ts'
import { deleteObjects } from './operations/delete-objects.ts'
import { getObject, headObject } from './operations/get-object.ts'
import { listObjects, listObjectsV2 } from './operations/list-objects.ts'
import { listParts } from './operations/list-parts.ts'
import { listUploads } from './operations/list-uploads.ts'
import type { Operation } from './operations/operation.ts'
import { putObject } from './operations/put-object.ts'
import { uploadPart, uploadPartCopy } from './operations/upload-part.ts'
import { openStorage, type Storage } from './store/storage.ts'
import { errorAnswer, sendAnswer } from './wire/answer.ts'
import { refuseExpired } from './wire/presigned.ts'
import { refuseWhatIsNotBuilt } from './wire/refusals.ts'
import { findOperation, type OperationName } from './wire/routes.ts'
import { parseS3Request, type S3Request } from './wire/s3-request.ts'

export interface S3Options {
  /** The data directory of buckets and objects; made if it is not there. One process at a time may use it. */
  readonly folder: string
  readonly identity: Identity
  readonly now: Now
  readonly emit: EmitEvent
}

/** A local S3. */
export interface S3 {
  readonly face: Face
  /**
   * Creates a bucket; does nothing if it exists.
   *
   * @throws S3Error InvalidBucketName
   */
  createBucket(name: string): void
}

const OPERATIONS: Readonly<Record<OperationName, Operation>> = {
  ListBuckets: listBuckets,
  CreateBucket: createBucket,
  HeadBucket: headBucket,
  DeleteBucket: deleteBucket,
  GetBucketLocation: getBucketLocation,
  ListObjects: listObjects,
  ListObjectsV2: listObjectsV2,
  PutObject: putObject,
  GetObject: getObject,
  HeadObject: headObject,
  DeleteObject: deleteObject,
  DeleteObjects: deleteObjects,
  CopyObject: copyObject,
  CreateMultipartUpload: createUpload,
  UploadPart: uploadPart,
  UploadPartCopy: uploadPartCopy,
  CompleteMultipartUpload: completeUpload,
  AbortMultipartUpload: abortUpload,
  ListParts: listParts,
  ListMultipartUploads: listUploads,
}

/**
 * Opens a local S3 over a folder, path-style addresses only.
 *
 * An object that was acknowledged survives kill -9 and is always whole; a power failure may lose the last seconds,
 * for nothing is synced to the disk. `Object Created` and `Object Deleted` are emitted in the synchronous turn of the
 * change and before the answer. Signatures are not verified.
 *
 * @throws BatchwiseError E_S3_DAMAGED if a metadata file cannot be read
 * @example
 * const s3 = createS3({ folder, identity: { account: '000000000000', region: 'eu-west-1' }, now: Date.now, emit })
 * s3.createBucket('inbox')
 */
export function createS3(options: S3Options): S3 {
  const storage = openStorage(options)
  return {
    face: (wire, response) => answer(storage, wire, response),
    createBucket: name => {
      if (!storage.buckets.has(name)) storage.buckets.create(name)
    },
  }
}

async function answer(storage: Storage, wire: WireRequest, response: ServerResponse): Promise<void> {
  try {
    const request = parseS3Request(wire)
    await sendAnswer(await perform(storage, request), wire.requestId, response)
  } catch (error) {
    await answerError(error, wire, response)
  }
}

async function perform(storage: Storage, request: S3Request) {
  refuseExpired(request, storage.now())
  const operation = findOperation(request)
  refuseWhatIsNotBuilt(request, storage.identity.account)
  return await OPERATIONS[operation](storage, request)
}

async function answerError(error: unknown, wire: WireRequest, response: ServerResponse): Promise<void> {
  // Half an answer cannot become an error any more, and a client that has gone hears nothing: the cut tells enough.
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  wire.body.resume() // the rest of the body has to pass before the connection can be used again
  await sendAnswer(errorAnswer(error, wire), wire.requestId, response)
}
