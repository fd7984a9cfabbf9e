import type { DeploySettings } from '../settings.ts'
import { type Expression, type Resource, type Resources, ref } from '../template/cloudformation.ts'
import type { StackNames } from '../template/stack-names.ts'
import type { ComputeEnvironments } from './compute-environments.ts'

interface Queue {
  readonly setting: 'defaultQueue' | 'onDemandQueue' | 'ec2SpotQueue' | 'highQueue' | 'lowQueue'
  readonly logicalId: string
  /** Among queues that share an environment, the higher number goes first. */
  readonly priority: number
  /** Tried in this order. */
  readonly environments: readonly Expression[]
}

/** The queues of `workflow-file.md`, under the names that workflow files know them by; or existing ones. */
export function jobQueues(
  settings: DeploySettings,
  environments: ComputeEnvironments,
): { readonly resources: Resources; readonly names: StackNames } {
  const { fargateSpot, fargate, ec2Spot } = environments
  const spotFirst = [fargateSpot, fargate]
  const unmanaged = settings.unmanagedEnvironment ? [settings.unmanagedEnvironment] : []
  const queues: readonly Queue[] = [
    { setting: 'highQueue', logicalId: 'HighQueue', priority: 100, environments: spotFirst },
    { setting: 'onDemandQueue', logicalId: 'OnDemandQueue', priority: 50, environments: [fargate] },
    { setting: 'defaultQueue', logicalId: 'DefaultQueue', priority: 10, environments: spotFirst },
    { setting: 'lowQueue', logicalId: 'LowQueue', priority: 1, environments: spotFirst },
    {
      setting: 'ec2SpotQueue',
      logicalId: 'Ec2SpotQueue',
      priority: 10,
      environments: [ec2Spot, ...unmanaged],
    },
  ]
  const own = queues.filter(({ setting }) => !settings[setting])
  const policy = settings.schedulingPolicy === 'fairShare' ? ref('FairShare') : settings.schedulingPolicy
  return {
    resources: {
      ...Object.fromEntries(own.map(queue => [queue.logicalId, jobQueue(queue, settings, policy)])),
      ...(settings.schedulingPolicy === 'fairShare' && own.length > 0 && { FairShare: fairShare() }),
    },
    names: Object.fromEntries(
      queues.map(({ setting, logicalId }) => [setting, settings[setting] || ref(logicalId)]),
    ),
  }
}

function jobQueue({ priority, environments }: Queue, settings: DeploySettings, policy: Expression): Resource {
  const seconds = Number(settings.endUnplaceableAfter)
  return {
    Type: 'AWS::Batch::JobQueue',
    Properties: {
      Priority: priority,
      State: 'ENABLED',
      ComputeEnvironmentOrder: environments.map((environment, index) => ({
        Order: index + 1,
        ComputeEnvironment: environment,
      })),
      ...(policy !== '' && { SchedulingPolicyArn: policy }),
      ...(seconds > 0 && { JobStateTimeLimitActions: UNPLACEABLE.map(reason => endAfter(seconds, reason)) }),
    },
  }
}

/** What no patience mends: no environment is large enough for the job, or offers what it asks for. */
const UNPLACEABLE = [
  'MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE',
  'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT',
]

function endAfter(seconds: number, reason: string) {
  return { Action: 'CANCEL', State: 'RUNNABLE', MaxTimeSeconds: seconds, Reason: reason }
}

/** An equal share for each `shareIdentifier`. */
function fairShare(): Resource {
  return {
    Type: 'AWS::Batch::SchedulingPolicy',
    Properties: { FairsharePolicy: { ShareDecaySeconds: 3600, ComputeReservation: 0 } },
  }
}
