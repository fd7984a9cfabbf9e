import type { BlockCode } from '../engine/block-reason.ts'
import type { RetryStrategy } from '../engine/retry.ts'
import type { ContainerShape, EnvironmentVariable } from '../submission.ts'

export type Tags = Readonly<Record<string, string>>

/** A compute environment as it is described. */
export interface ComputeEnvironment {
  readonly computeEnvironmentName: string
  readonly computeEnvironmentArn: string
  readonly uuid: string
  readonly type: 'MANAGED' | 'UNMANAGED'
  readonly state: 'ENABLED' | 'DISABLED'
  readonly unmanagedvCpus?: number
  readonly computeResources?: ContainerShape & { readonly type: string; readonly maxvCpus: number }
  readonly serviceRole?: string
  readonly tags: Tags
}

/** A job queue as it is described. */
export interface JobQueue {
  readonly jobQueueName: string
  readonly jobQueueArn: string
  readonly state: 'ENABLED' | 'DISABLED'
  readonly priority: number
  /** ARN; without one, first come is first served. */
  readonly schedulingPolicyArn?: string
  /** By ascending order. */
  readonly computeEnvironmentOrder: readonly ComputeEnvironmentOrder[]
  readonly jobStateTimeLimitActions?: readonly JobStateTimeLimitAction[]
  readonly tags: Tags
}

/** What becomes of a job that blocks its queue for too long. */
export interface JobStateTimeLimitAction {
  readonly reason: BlockCode
  readonly state: 'RUNNABLE'
  readonly maxTimeSeconds: number
  readonly action: 'CANCEL'
}

export interface ComputeEnvironmentOrder {
  readonly order: number
  /** ARN */
  readonly computeEnvironment: string
}

/** A scheduling policy as it is described. */
export interface SchedulingPolicy {
  readonly name: string
  readonly arn: string
  readonly fairsharePolicy: FairsharePolicy
  readonly tags: Tags
}

/** How queues with this policy share their machines. */
export interface FairsharePolicy {
  readonly shareDecaySeconds: number
  /** Percent */
  readonly computeReservation: number
  readonly shareDistribution: readonly ShareAttributes[]
}

export interface ShareAttributes {
  /** May end with `*`. */
  readonly shareIdentifier: string
  readonly weightFactor: number
}

/** One revision of a job definition as it is described. */
export interface JobDefinition {
  readonly jobDefinitionName: string
  readonly jobDefinitionArn: string
  readonly revision: number
  readonly status: 'ACTIVE' | 'INACTIVE'
  readonly type: 'container'
  readonly containerProperties: ContainerProperties
  readonly parameters: Readonly<Record<string, string>>
  readonly retryStrategy?: RetryStrategy
  readonly timeout?: { readonly attemptDurationSeconds: number }
  readonly propagateTags?: boolean
  readonly schedulingPriority?: number
  readonly platformCapabilities: readonly PlatformCapability[]
  readonly tags: Tags
}

export type PlatformCapability = 'EC2' | 'FARGATE'

/** The members Batch itself acts on are named; the others are kept as they came. */
export interface ContainerProperties extends ContainerShape {
  readonly image: string
  readonly command: readonly string[]
  readonly environment: readonly EnvironmentVariable[]
  readonly resourceRequirements: readonly ResourceRequirement[]
}

export interface ResourceRequirement {
  readonly type: 'VCPU' | 'MEMORY' | 'GPU'
  readonly value: string
}
