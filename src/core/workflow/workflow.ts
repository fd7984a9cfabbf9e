import type { AlertSettings } from '../alert/alert-kind.ts'

/**
 * A workflow as the rest of the core sees it: read, checked, defaults applied, units converted.
 * Texts that may hold look-ups (`${...}`) are kept as written; `resolveStack` replaces `${stack.NAME}` in them.
 */
export interface Workflow {
  readonly name: string
  readonly description?: string
  readonly chaining: Chaining
  readonly tags: Readonly<Record<string, string>>
  readonly parameters: Readonly<Record<string, ParameterDeclaration>>
  readonly triggers: readonly Trigger[]
  /** Seconds from a run's creation; the alert `late` tells when it is passed. */
  readonly deadline?: number
  readonly alerts?: AlertSettings
  readonly concurrency?: Concurrency
  /** In the order of the file. */
  readonly jobs: Readonly<Record<string, Job>>
}

/** Runs at once; more wait as QUEUED, the oldest first. */
export interface Concurrency {
  readonly limit: number
  /** Template of the key that the limit is for; one limit for all runs without it. */
  readonly by?: string
}

export type Chaining = 'native' | 'event' | 'auto'

export interface ParameterDeclaration {
  readonly type: 'string' | 'number' | 'boolean'
  readonly default?: string | number | boolean
  readonly description?: string
}

export type Trigger = ObjectTrigger | ScheduleTrigger | EventTrigger | AfterTrigger

/** Values for parameters of the runs that a trigger starts; texts may hold look-ups of the trigger. */
export type TriggerParameters = Readonly<Record<string, string | number | boolean>>

export interface ObjectTrigger {
  readonly type: 'object'
  readonly bucket: string
  /** Key pattern, see `key-pattern.ts`. */
  readonly key: string
  /** Bytes; smaller objects are ignored. @default 1 */
  readonly minSize: number
  /** One run for a set of objects, instead of one for each. */
  readonly collect?: Collect
}

/** How objects are gathered to a set. Spans in seconds. */
export interface Collect {
  /** Template of what belongs together. */
  readonly by: string
  readonly until: CollectUntil
  /** From the first object. */
  readonly deadline?: number
  readonly onDeadline: 'alert' | 'run' | 'drop'
  /** What becomes of an object that comes after the set was closed. */
  readonly late: 'alert' | 'run' | 'ignore'
}

export type CollectUntil =
  | { readonly type: 'count'; readonly count: number }
  | { readonly type: 'quiet'; readonly seconds: number }
  /** Name of an object in the set's folder. */
  | { readonly type: 'marker'; readonly name: string }
  /** Name of an object in the set's folder that lists the others. */
  | { readonly type: 'manifest'; readonly name: string }

export interface ScheduleTrigger {
  readonly type: 'schedule'
  /** As EventBridge Scheduler takes it: `cron(0 2 * * ? *)` or `rate(1 hour)`. */
  readonly expression: string
  /** Name of the IANA database. */
  readonly timezone: string
  readonly overlap: Overlap
  readonly parameters: TriggerParameters
}

/** What a firing does while the run of this schedule's last one is going on. */
export type Overlap = 'skip' | 'queue' | 'allow' | 'cancelPrevious'

export interface EventTrigger {
  readonly type: 'event'
  /** Pattern of EventBridge. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html */
  readonly pattern: Readonly<Record<string, unknown>>
  readonly parameters: TriggerParameters
}

export interface AfterTrigger {
  readonly type: 'after'
  readonly workflow: string
  readonly status: 'SUCCEEDED' | 'FAILED' | 'CANCELLED'
  readonly parameters: TriggerParameters
}

export interface Job {
  readonly container: ImageContainer | ExistingDefinition | StateMachineExecution
  /** Where it is submitted to; of an execution its state machine. */
  readonly jobQueue: string
  readonly command?: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** Values of the definition's `Ref::` placeholders. */
  readonly parameters: Readonly<Record<string, string>>
  readonly tags: Readonly<Record<string, string>>
  readonly dependsOn: readonly Dependency[]
  readonly when: Condition
  readonly array?: ArraySize | ArrayItems | ArraySource
  /** So many children may fail, and the array counts as succeeded. */
  readonly tolerate?: Tolerance
  /** Children run one after another (a SEQUENTIAL dependency of the array on itself). */
  readonly sequential: boolean
  /** Seconds per attempt, at least 60. */
  readonly timeout?: number
  readonly retry?: RetryStrategy
  /** Where a job goes on whose last attempt on `jobQueue` lost its machine. */
  readonly fallback?: Fallback
  readonly shareIdentifier?: string
  readonly schedulingPriority?: number
}

export type Tolerance =
  | { readonly type: 'count'; readonly count: number }
  | { readonly type: 'percent'; readonly percent: number }

export interface Dependency {
  readonly job: string
  readonly type?: 'N_TO_N'
}

/** `success`: all dependencies succeeded; `failure`: at least one failed; `always`: all ended. */
export type Condition = 'success' | 'failure' | 'always'

export interface ArraySize {
  readonly type: 'size'
  /** 2..10000 */
  readonly size: number
}

/** One child per item; one item is a plain job, none succeeds with 0 children. */
export interface ArrayItems {
  readonly type: 'items'
  readonly items: readonly string[]
}

/** One child per line of a file, or per object under a prefix; read when the job's dependencies have ended. */
export interface ArraySource {
  readonly type: 'lines' | 'objects'
  /** Template of a URI, `s3://bucket/key`. */
  readonly uri: string
}

/** As Batch takes it in SubmitJob. @see https://docs.aws.amazon.com/batch/latest/APIReference/API_RetryStrategy.html */
export interface RetryStrategy {
  /** 1..10, all attempts together. */
  readonly attempts: number
  readonly evaluateOnExit?: readonly EvaluateOnExit[]
}

export interface Fallback {
  readonly jobQueue: string
  /** Of the attempts there. */
  readonly retry?: RetryStrategy
}

export interface EvaluateOnExit {
  readonly onStatusReason?: string
  readonly onReason?: string
  readonly onExitCode?: string
  readonly action: 'RETRY' | 'EXIT'
}

/** A container described in the workflow file; its job definition is registered at deploy or local start. */
export interface ImageContainer {
  readonly type: 'image'
  readonly image: string
  readonly vcpu: number
  /** MiB */
  readonly memory: number
  readonly gpu: number
  readonly platform: 'FARGATE' | 'EC2'
  readonly architecture: 'X86_64' | 'ARM64'
  /** Ephemeral storage, GiB. */
  readonly storage?: number
  readonly jobRole: string
  readonly executionRole?: string
  /** Names of environment variables, and the ARNs of the secrets or parameters whose values they get. */
  readonly secrets?: Readonly<Record<string, string>>
  /** Merged last into containerProperties, as Batch knows them. */
  readonly containerProperties?: Readonly<Record<string, unknown>>
}

/** A job definition that exists already: name, `name:revision` or ARN. Resources given here override it. */
export interface ExistingDefinition {
  readonly type: 'existing'
  readonly jobDefinition: string
  readonly vcpu?: number
  /** MiB */
  readonly memory?: number
  readonly gpu?: number
}

/** An execution of a state machine of Step Functions, in the place of a Batch job. */
export interface StateMachineExecution {
  readonly type: 'stateMachine'
  /** ARN, without version or alias. */
  readonly stateMachine: string
  /** JSON; texts in it may hold look-ups. */
  readonly input: Readonly<Record<string, unknown>>
}
