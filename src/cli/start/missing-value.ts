import type { Workflow } from '../../core/workflow/workflow.ts'
import type { ObjectPlace } from '../object-uri.ts'

/**
 * How a run that is started by hand comes to a value that its trigger would give; undefined for a look-up of something
 * else. `lookUp` as in `trigger.uri`.
 */
export function mendOfMissing(
  { triggers }: Pick<Workflow, 'triggers'>,
  lookUp: string,
  object: ObjectPlace | undefined,
): string | undefined {
  if (!lookUp.startsWith('trigger.')) return undefined
  const objects = triggers.filter(trigger => trigger.type === 'object')
  if (triggers.length > 0 && objects.length === 0)
    return 'Only what triggers the workflow gives it: use a parameter where a run is to be started by hand, too.'
  if (objects.some(({ collect }) => collect !== undefined))
    return 'Only a set of objects gives it: upload its objects.'
  if (object === undefined) return 'Name the object with --object s3://bucket/key.'
  const keys = objects.map(({ bucket, key }) => `s3://${bucket}/${key}`)
  const fitting = keys.length === 0 ? '' : ` Name one that a trigger takes: ${keys.join(', ')}.`
  return `The object s3://${object.bucket}/${object.key} does not give it.${fitting}`
}
