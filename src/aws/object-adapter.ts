import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { BatchwiseError } from '../core/errors.ts'
import type { ObjectPort, StoredObject } from '../ports.ts'
import type { ClientTarget } from './client-target.ts'
import { decodedKey, KEYS_ENCODED } from './listed-key.ts'
import { unreadable } from './unreadable-object.ts'

/** Objects by S3. */
export function createObjects(target: ClientTarget): ObjectPort {
  const client = new S3Client({ ...target, ...(target.endpoint !== undefined && { forcePathStyle: true }) })
  return { create: createWith(client), read: readWith(client), list: listWith(client) }
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
function createWith(client: S3Client): ObjectPort['create'] {
  return async (uri, body) => {
    try {
      await client.send(new PutObjectCommand({ ...placeOf(uri), Body: body, IfNoneMatch: '*' }))
      return true
    } catch (error) {
      if (error instanceof Error && error.name === 'PreconditionFailed') return false
      throw error
    }
  }
}

function readWith(client: S3Client): ObjectPort['read'] {
  return async (uri, maxBytes, VersionId) => {
    try {
      const { Body } = await client.send(new GetObjectCommand({ ...placeOf(uri), VersionId }))
      return await textOf(Body as AsyncIterable<Uint8Array> | undefined, maxBytes)
    } catch (error) {
      return unreadable(error)
    }
  }
}

/** The connection is closed as soon as there is too much. */
async function textOf(
  body: AsyncIterable<Uint8Array> | undefined,
  maxBytes: number,
): ReturnType<ObjectPort['read']> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let bytes = 0
  let text = ''
  try {
    for await (const chunk of body ?? []) {
      bytes += chunk.byteLength
      if (bytes > maxBytes) return { type: 'unreadable', reason: `it is larger than ${maxBytes} bytes` }
      text += decoder.decode(chunk, { stream: true })
    }
    return { type: 'text', text: text + decoder.decode() }
  } catch (error) {
    if (
      error instanceof TypeError &&
      (error as { code?: unknown }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
    )
      return { type: 'unreadable', reason: 'it is no text in UTF-8' }
    throw error
  }
}

function listWith(client: S3Client): ObjectPort['list'] {
  return async (prefix, most) => {
    const { Bucket, Key: Prefix } = placeOf(prefix)
    const objects: StoredObject[] = []
    let ContinuationToken: string | undefined
    try {
      do {
        const page = await client.send(
          new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken, ...KEYS_ENCODED }),
        )
        for (const { Key = '', Size: size = 0, ETag = '' } of page.Contents ?? [])
          objects.push({ bucket: Bucket, key: decodedKey(Key), size, etag: ETag.replaceAll('"', '') })
        ContinuationToken = page.NextContinuationToken
      } while (ContinuationToken !== undefined && objects.length < most)
    } catch (error) {
      return unreadable(error)
    }
    return { type: 'objects', objects: objects.slice(0, most) }
  }
}

function placeOf(uri: string): { readonly Bucket: string; readonly Key: string } {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.*)$/s.exec(uri) ?? []
  if (Bucket !== undefined && Key !== undefined) return { Bucket, Key }
  throw new BatchwiseError('E_INTERNAL', `"${uri}" is not the URI of an object.`)
}
