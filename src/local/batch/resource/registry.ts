import type { Identity } from '../../wire/face.ts'
import { nameFrom } from './arn.ts'
import type { ComputeEnvironment, JobDefinition, JobQueue, SchedulingPolicy, Tags } from './records.ts'

/** What of the control plane is written to the journal; the latest entry of a thing counts. */
export type ResourceEntry =
  | { readonly environment: ComputeEnvironment }
  | { readonly environmentDeleted: string }
  | { readonly queue: JobQueue }
  | { readonly queueDeleted: string }
  | { readonly definition: JobDefinition }
  | { readonly policy: SchedulingPolicy }
  | { readonly policyDeleted: string }
  | { readonly jobTags: readonly [jobId: string, tags: Tags] }

/** Compute environments, queues, job definitions, scheduling policies and the tags of jobs. Found by name or ARN. */
export class Registry {
  readonly environments = new Map<string, ComputeEnvironment>()
  readonly queues = new Map<string, JobQueue>()
  /** By name; the revision is the position plus one. */
  readonly definitions = new Map<string, JobDefinition[]>()
  readonly policies = new Map<string, SchedulingPolicy>()
  readonly jobTags = new Map<string, Tags>()
  readonly #identity: Identity

  constructor(identity: Identity) {
    this.#identity = identity
  }

  apply(entry: ResourceEntry): void {
    if ('environment' in entry)
      this.environments.set(entry.environment.computeEnvironmentName, entry.environment)
    else if ('environmentDeleted' in entry) this.environments.delete(entry.environmentDeleted)
    else if ('queue' in entry) this.queues.set(entry.queue.jobQueueName, entry.queue)
    else if ('queueDeleted' in entry) this.queues.delete(entry.queueDeleted)
    else if ('definition' in entry) this.#setDefinition(entry.definition)
    else if ('policy' in entry) this.policies.set(entry.policy.name, entry.policy)
    else if ('policyDeleted' in entry) this.policies.delete(entry.policyDeleted)
    else this.jobTags.set(...entry.jobTags)
  }

  *entries(): Generator<ResourceEntry> {
    for (const environment of this.environments.values()) yield { environment }
    for (const policy of this.policies.values()) yield { policy }
    for (const queue of this.queues.values()) yield { queue }
    for (const revisions of this.definitions.values())
      for (const definition of revisions) yield { definition }
    for (const jobTags of this.jobTags) yield { jobTags }
  }

  findEnvironment(nameOrArn: string): ComputeEnvironment | undefined {
    return this.environments.get(nameFrom(this.#identity, 'compute-environment', nameOrArn))
  }

  findQueue(nameOrArn: string): JobQueue | undefined {
    return this.queues.get(nameFrom(this.#identity, 'job-queue', nameOrArn))
  }

  findPolicy(arn: string): SchedulingPolicy | undefined {
    return this.policies.get(nameFrom(this.#identity, 'scheduling-policy', arn))
  }

  /** By `name:revision`, or the latest active revision by `name`; ARNs alike. */
  findDefinition(nameOrArn: string): JobDefinition | undefined {
    const [name = '', revision] = nameFrom(this.#identity, 'job-definition', nameOrArn).split(':', 2)
    const revisions = this.definitions.get(name) ?? []
    if (revision === undefined) return revisions.findLast(({ status }) => status === 'ACTIVE')
    return revisions[Number(revision) - 1]
  }

  #setDefinition(definition: JobDefinition): void {
    const revisions = this.definitions.get(definition.jobDefinitionName) ?? []
    revisions[definition.revision - 1] = definition
    this.definitions.set(definition.jobDefinitionName, revisions)
  }
}
