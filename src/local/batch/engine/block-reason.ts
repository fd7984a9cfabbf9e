/** Why the job at the head of a queue cannot start, by the code that a time limit names. */
export type BlockCode =
  | 'CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY'
  | 'MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE'
  | 'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT'
  | 'UNDETERMINED'

/** The codes that `jobStateTimeLimitActions` may name. */
export const LIMITED_CODES: readonly BlockCode[] = [
  'CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY',
  'MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE',
  'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT',
]

export interface BlockReason {
  readonly code: BlockCode
  /** What Batch says of it in the job's `statusReason`. */
  readonly text: string
}

/** No instance of this type is to be had now. */
export function noInstance(instanceType: string): BlockReason {
  return reason(
    'CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY',
    `Service cannot fulfill the capacity requested for instance type [${instanceType}]`,
  )
}

/** All compute environments have fewer vCPUs than the job wants. */
export const TOO_FEW_VCPUS = reason(
  'MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE',
  'CE(s) associated with the job queue cannot meet the CPU requirement of the job.',
)

/** No compute environment has a machine on which the job fits. */
export const NO_MACHINE_FITS = reason(
  'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT',
  'The job resource requirement (vCPU/memory/GPU) is higher than that can be met by the CE(s) attached to the job queue.',
)

export const UNDETERMINED = reason('UNDETERMINED', 'Batch job is blocked, root cause is undetermined.')

/** What becomes of the reason of a job that a time limit ended. */
export function canceledFor(code: BlockCode): string {
  return `Canceled by JobStateTimeLimit action due to reason: ${code}`
}

function reason(code: BlockCode, text: string): BlockReason {
  return { code, text: `${code} - ${text}` }
}
