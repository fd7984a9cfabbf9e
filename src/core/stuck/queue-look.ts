import type { SpokenReasons } from '../run/explain-end.ts'

/** The job that a queue starts next. */
export interface QueueHead {
  readonly jobId: string
  /** Milliseconds: since when it is the next. */
  readonly since: number
}

/** What one look at a queue shows: the queue, its compute environments in their order, and the job that waits. */
export interface QueueLook {
  readonly queue: LookedAtQueue
  readonly environments: readonly ComputeEnvironment[]
  /** Absent when Batch does not know it any more. */
  readonly job?: WaitingJob
  /** vCPUs of jobs of this queue that start or run: at least so many are taken. */
  readonly takenVcpu: number
}

export interface LookedAtQueue {
  readonly name: string
  readonly isValid: boolean
  readonly statusReason: string
}

/** A compute environment as Batch describes it. */
export interface ComputeEnvironment {
  readonly name: string
  readonly isEnabled: boolean
  readonly isValid: boolean
  readonly statusReason: string
  readonly isFargate: boolean
  /** Absent where the machines are not managed by Batch. */
  readonly maxvCpus?: number
  /** vCPUs of the machines it has or asks for; never told of Fargate. */
  readonly desiredvCpus?: number
  /** `c7g.xlarge`, `c7g` or `optimal`; none on Fargate. */
  readonly instanceTypes: readonly string[]
}

/** A job that waits for a machine. */
export interface WaitingJob {
  readonly jobName: string
  readonly vcpu?: number
  /** MiB */
  readonly memory?: number
  readonly gpu?: number
  readonly image?: string
  /** Batch's own words for why it waits. */
  readonly statusReason?: string
  /** How its last attempt ended, where it had one. */
  readonly lastEnd?: SpokenReasons
}
