import type { ComputeEnvironment, LookedAtQueue, QueueLook, WaitingJob } from './queue-look.ts'
import { largestVcpu, needsOf, sizeCause } from './size-cause.ts'

/** Why a queue does not move, in words, and what mends it. */
export interface StuckCause {
  /** The same for the same cause: it is told once. */
  readonly id: string
  /** Who comes next is stuck for the same cause (`queue`), or perhaps not (`job`). */
  readonly of: 'queue' | 'job'
  /** A part of a sentence, without a full stop. */
  readonly text: string
  readonly mend: string
}

const ROLE = /not authorized|assume ?role|unable to assume|\brole\b.*(?:invalid|not exist|not found|missing)/i
const MOST_QUOTED = 200

/**
 * Why the job at the head of a queue does not start, from one look at the queue, its compute environments and the job:
 * what can be seen by itself first, then what Batch says of the job, then how its last attempt ended.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/job_stuck_in_runnable.html
 */
export function explainStuck(look: QueueLook): StuckCause {
  const { queue, environments, job } = look
  const usable = environments.filter(({ isEnabled, isValid }) => isEnabled && isValid)
  return (
    invalidQueue(queue) ??
    noEnvironment(environments, usable) ??
    sizeCause(environments, usable, job) ??
    spokenCause(usable, job) ??
    endOfLastAttempt(job) ??
    fullCause(look, usable) ??
    UNKNOWN
  )
}

function invalidQueue({ name, isValid, statusReason }: LookedAtQueue): StuckCause | undefined {
  if (isValid) return undefined
  return {
    ...{ id: 'queue-invalid', of: 'queue', mend: 'Mend the queue, or what its reason names.' },
    text: `the queue ${name} is INVALID${quoted(statusReason)}`,
  }
}

function noEnvironment(
  environments: readonly ComputeEnvironment[],
  usable: readonly ComputeEnvironment[],
): StuckCause | undefined {
  if (usable.length > 0) return undefined
  if (environments.length === 0) {
    const mend = 'Connect a compute environment to the queue.'
    return { id: 'no-environment', of: 'queue', text: 'the queue has no compute environment', mend }
  }
  const faults = environments.map(faultOf)
  return {
    id: faults.map(({ id }) => id).join(' '),
    of: 'queue',
    text: faults.map(({ text }) => text).join('; '),
    mend: [...new Set(faults.map(({ mend }) => mend))].join(' '),
  }
}

/** What keeps an environment that is disabled or INVALID from being used. */
function faultOf({ name, isEnabled, statusReason }: ComputeEnvironment): Omit<StuckCause, 'of'> {
  if (!isEnabled) {
    const text = `the compute environment ${name} is disabled`
    return {
      id: `disabled:${name}`,
      text,
      mend: `Enable the compute environment ${name}.`,
    }
  }
  if (ROLE.test(statusReason)) {
    const text = `a role of the compute environment ${name} is missing or lacks a permission, so it is INVALID${quoted(statusReason)}`
    return {
      id: `role:${name}`,
      text,
      mend: 'Mend the role (service role, instance role), then update the environment.',
    }
  }
  const text = `the compute environment ${name} is INVALID${quoted(statusReason)}`
  return {
    id: `invalid:${name}`,
    text,
    mend: 'Mend what the reason names: roles, subnets and instance types are the usual causes.',
  }
}

/** What Batch itself found, by the code in the job's `statusReason`. */
function spokenCause(
  usable: readonly ComputeEnvironment[],
  job: WaitingJob | undefined,
): StuckCause | undefined {
  const reason = job?.statusReason ?? ''
  const spoken = quoted(reason)
  if (/COMPUTE_ENVIRONMENT_MAX_RESOURCE|JOB_RESOURCE_REQUIREMENT/.test(reason)) {
    const types = [...new Set(usable.flatMap(({ instanceTypes }) => instanceTypes))]
    const allowed = types.length === 0 ? '' : `; allowed are ${types.join(', ')}`
    const largest = largestVcpu(usable)
    const most = largest === undefined ? '' : `; at most ${largest} vCPU`
    return {
      ...{ id: 'too-large', of: 'job' },
      text: `no machine of its environments is large enough: it needs ${needsOf(job)}${allowed}${most}`,
      mend: 'Allow larger instance types or raise `maxvCpus`, or let the job ask for less.',
    }
  }
  if (reason.includes('SERVICE_ROLE_PERMISSIONS')) {
    const text = `the service role of its environments is missing or lacks a permission${spoken}`
    return { id: 'role', of: 'queue', text, mend: 'Mend the service role.' }
  }
  if (reason.includes('EC2_INSTANCE_CONFIGURATION_UNSUPPORTED')) {
    const text = `the instance types of its environments cannot be started as they are configured${spoken}`
    return {
      id: 'instances',
      of: 'queue',
      text,
      mend: 'Look at instance types, image, launch template and subnets.',
    }
  }
  if (reason.includes('INSUFFICIENT_INSTANCE_CAPACITY')) {
    const text = `AWS has no capacity of the instance types of its environments${spoken}`
    return {
      id: 'capacity',
      of: 'job',
      text,
      mend: 'Allow more instance types or subnets, or use an on-demand queue (`fallback`).',
    }
  }
  return undefined
}

/** An attempt that could not start puts its job back into the queue, again and again. */
function endOfLastAttempt(job: WaitingJob | undefined): StuckCause | undefined {
  const { reason = '', statusReason = '' } = job?.lastEnd ?? {}
  const said = [reason, statusReason].filter(text => text !== '').join('; ')
  if (/CannotPull/.test(said)) {
    const image = job?.image === undefined ? 'its image' : `its image ${job.image}`
    const mend =
      "Check the image's name and tag, the execution role, and the way from the subnets to the registry."
    return { id: 'image', of: 'job', text: `${image} cannot be pulled${quoted(reason)}`, mend }
  }
  if (/ResourceInitializationError/.test(said) || ROLE.test(said)) {
    const mend = 'Check job role and execution role, and the way from the subnets to AWS.'
    return {
      id: 'job-role',
      of: 'job',
      text: `a role of the job is missing or lacks a permission${quoted(reason)}`,
      mend,
    }
  }
  return undefined
}

function fullCause(
  { job, takenVcpu }: QueueLook,
  usable: readonly ComputeEnvironment[],
): StuckCause | undefined {
  const need = job?.vcpu ?? 0
  let most = 0
  let taken = takenVcpu
  for (const { maxvCpus, desiredvCpus } of usable) {
    if (maxvCpus === undefined) return undefined
    most += maxvCpus
    if (desiredvCpus !== undefined) taken = Math.max(taken, desiredvCpus)
  }
  if (taken + need <= most) return undefined
  return {
    ...{ id: 'full', of: 'job' },
    text: `the maximum of its environments is reached by other jobs: ${taken} of ${most} vCPUs are taken, and it needs ${need}`,
    mend: 'Wait for the others, raise `maxvCpus`, or put what is urgent into a queue of higher priority.',
  }
}

const UNKNOWN: StuckCause = {
  ...{ id: 'unknown', of: 'job' },
  text: 'AWS Batch gives no reason; its environments are enabled, valid and large enough',
  mend: 'Look whether other queues take their vCPUs, whether AWS has capacity, and whether machines reach the network (subnets, security groups, instance role).',
}

function quoted(reason: string): string {
  if (reason === '') return ''
  return reason.length <= MOST_QUOTED ? ` (${reason})` : ` (${reason.slice(0, MOST_QUOTED)}...)`
}
