import type { Tags } from '../resource/records.ts'
import type { ResourceEntry } from '../resource/registry.ts'
import { clientException } from '../wire/wire-error.ts'
import { type Context, operation } from './context.ts'
import { parseTags } from './name.ts'
import { findJob } from './submitted-job.ts'

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_TagResource.html */
export const tagResource = operation(
  members => ({ resource: members.requiredText('resourceArn'), tags: parseTags(members) }),
  (context, input) => retag(context, input.resource, tags => ({ ...tags, ...input.tags })),
)

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_UntagResource.html */
export const untagResource = operation(
  members => ({ resource: members.requiredText('resourceArn'), keys: members.texts('tagKeys') ?? [] }),
  (context, input) => retag(context, input.resource, tags => without(tags, input.keys)),
)

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_ListTagsForResource.html */
export const listTagsForResource = operation(
  members => members.requiredText('resourceArn'),
  (context, resource) => ({ tags: tagged(context, resource).tags }),
)

interface Tagged {
  readonly tags: Tags
  readonly withTags: (tags: Tags) => ResourceEntry
}

function retag(context: Context, resource: string, change: (tags: Tags) => Tags): object {
  const { tags, withTags } = tagged(context, resource)
  const changed = change(tags)
  if (Object.keys(changed).length > 50) throw clientException('A resource may have at most 50 tags.')
  context.change(withTags(changed))
  return {}
}

function tagged(context: Context, resource: string): Tagged {
  const found = /:job\//.test(resource) ? taggedJob(context, resource) : taggedResource(context, resource)
  if (found === undefined) throw clientException(`Resource ${resource} not found.`)
  return found
}

/** The tags of an array are its parent's. */
function taggedJob(context: Context, arn: string): Tagged | undefined {
  const job = findJob(context, arn)
  if (job === undefined) return undefined
  if (job.index !== undefined)
    throw clientException('Tags are not supported for the children of an array job.')
  const { jobId } = job.spec
  return { tags: context.registry.jobTags.get(jobId) ?? {}, withTags: tags => ({ jobTags: [jobId, tags] }) }
}

function taggedResource({ registry }: Context, arn: string): Tagged | undefined {
  const queue = registry.findQueue(arn)
  if (queue !== undefined) return { tags: queue.tags, withTags: tags => ({ queue: { ...queue, tags } }) }
  const environment = registry.findEnvironment(arn)
  if (environment !== undefined) {
    return { tags: environment.tags, withTags: tags => ({ environment: { ...environment, tags } }) }
  }
  const policy = registry.findPolicy(arn)
  if (policy !== undefined) return { tags: policy.tags, withTags: tags => ({ policy: { ...policy, tags } }) }
  const definition = registry.findDefinition(arn)
  if (definition === undefined) return undefined
  return { tags: definition.tags, withTags: tags => ({ definition: { ...definition, tags } }) }
}

function without(tags: Tags, keys: readonly string[]): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)))
}
