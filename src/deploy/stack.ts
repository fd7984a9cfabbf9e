import { hasFencedJob } from '../core/run/fence.ts'
import type { Workflow } from '../core/workflow/workflow.ts'
import { computeEnvironments } from './batch/compute-environments.ts'
import { jobDefinitions } from './batch/job-definitions.ts'
import { jobQueues } from './batch/job-queues.ts'
import { jobLogGroup } from './batch/log-group.ts'
import { network } from './batch/network.ts'
import { privateRepositories, repository } from './batch/repository.ts'
import { jobRoles } from './iam/job-roles.ts'
import { secretStatements } from './iam/secret-statements.ts'
import { itemPlaces } from './item-places.ts'
import { buckets } from './service/buckets.ts'
import { eventRuleResources, eventRulesOf } from './service/event-rules.ts'
import { queuePolicies } from './service/queue-policies.ts'
import { subscriptions } from './service/subscriptions.ts'
import type { DeploySettings } from './settings.ts'
import { type Expression, merged, type Resources, ref } from './template/cloudformation.ts'
import type { StackNames } from './template/stack-names.ts'
import { triggerBuckets } from './trigger-buckets.ts'

export interface StackInput {
  /** `batchwise-<stage>`: first part of job names, definitions' names, and the name of the request bus. */
  readonly stackName: string
  readonly stage: string
  readonly settings: DeploySettings
  /** `custom.batchwise.stack`: further names for workflow files. */
  readonly ownNames: StackNames
  /** Checked, `${stack...}` still in them. */
  readonly workflows: readonly Workflow[]
  /** Logical ids of the queues that serverless.yml defines. */
  readonly queues: readonly string[]
}

export interface Stack {
  readonly resources: Resources
  /** What `${stack.NAME}` gives, and `BATCHWISE_STACK` holds. */
  readonly names: StackNames
  /** Where jobs write their logs. */
  readonly logGroup: Expression
}

/** Everything of the stack that serverless.yml does not write out, but for the functions' own parts. */
export function stackOf(input: StackInput): Stack {
  const { settings, stackName, workflows } = input
  const { input: inputBucket, output: outputBucket, resources: bucketResources } = buckets(settings)
  const images = repository(settings)
  const log = jobLogGroup(settings)
  const places = { inputBucket, outputBucket, ...placeNames(input) }
  const itemBuckets = itemPlaces(workflows, places).map(({ bucket }) => bucket)
  const roles = jobRoles(settings, {
    readBuckets: [...new Set([inputBucket, ...triggerBuckets(workflows, places), ...itemBuckets])],
    outputBucket,
    repositories: [...images.arns, ...privateRepositories(imagesOf(workflows))],
    logGroup: log.name,
    secrets: secretStatements(workflows, places),
    fenced: workflows.some(workflow => hasFencedJob(workflow, '${stack.jobRole}')),
  })
  const net = network(settings)
  const environments = computeEnvironments(settings, net, roles.instanceProfile)
  const queues = jobQueues(settings, environments)
  const names: StackNames = {
    ...places,
    ...queues.names,
    repository: images.uri,
    jobRole: roles.jobRole,
    topic: ref('AlertTopic'),
    ...input.ownNames,
  }
  const definitionNames = { ...names, executionRole: roles.executionRole, logGroup: log.name }
  return {
    resources: merged(
      bucketResources,
      images.resources,
      log.resources,
      roles.resources,
      net.resources,
      environments.resources,
      queues.resources,
      jobDefinitions({ stackName, workflows, names: definitionNames }),
      eventRuleResources({ stackName, workflows, names }),
      queuePolicies({ rules: eventRulesOf({ stackName, workflows, names }), queues: input.queues }),
      subscriptions(settings),
    ),
    names,
    logGroup: log.name,
  }
}

function placeNames({ stage, ownNames }: StackInput): StackNames {
  return { stage, region: ref('AWS::Region'), account: ref('AWS::AccountId'), ...ownNames }
}

function imagesOf(workflows: readonly Workflow[]): readonly string[] {
  const jobs = workflows.flatMap(({ jobs }) => Object.values(jobs))
  return [...new Set(jobs.flatMap(({ container }) => (container.type === 'image' ? [container.image] : [])))]
}

/** What a person wants to know after a deploy. */
export function outputsOf({ names }: Stack): Readonly<Record<string, { readonly Value: Expression }>> {
  const shown = ['inputBucket', 'outputBucket', 'repository', 'topic'].map(name => [
    name.charAt(0).toUpperCase() + name.slice(1),
    { Value: names[name] ?? '' },
  ])
  return { ...Object.fromEntries(shown), RequestBus: { Value: ref('RequestBus') } }
}
