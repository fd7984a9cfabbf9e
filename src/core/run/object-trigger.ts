import type { ObjectCreated } from '../event/object-created.ts'
import type { TriggerFacts } from './run.ts'
import type { TriggerIdentity } from './run-identity.ts'

/** One run per object version; per upload where the bucket is not versioned. */
export function objectIdentity({ bucket, key, versionId, sequencer, etag }: ObjectCreated): TriggerIdentity {
  return {
    type: 'object',
    bucket,
    key,
    ...(versionId !== undefined && { versionId }),
    ...(sequencer !== undefined && { sequencer }),
    ...(etag !== undefined && { etag }),
  }
}

/** What `${trigger.NAME}` gives for an object. Captures cannot take the place of the object's own facts. */
export function objectFacts(
  object: Omit<ObjectCreated, 'size' | 'time'> & { readonly size?: number; readonly time?: string },
  captures: Readonly<Record<string, string>>,
): TriggerFacts {
  const { bucket, key, size, etag, versionId, time } = object
  const facts = { bucket, key, uri: `s3://${bucket}/${key}`, size, etag, versionId, time }
  const values: Record<string, string> = { ...captures }
  for (const [name, value] of Object.entries(facts)) if (value !== undefined) values[name] = String(value)
  return { type: 'object', values }
}
