import type { Storage } from '../store/storage.ts'
import type { S3Answer } from '../wire/answer.ts'
import type { S3Request } from '../wire/s3-request.ts'

/** One operation of S3: validates the request, acts, answers. It throws S3Error to refuse. */
export type Operation = (storage: Storage, request: S3Request) => S3Answer | Promise<S3Answer>
