import { fargateVcpus } from '../workflow/fargate-sizes.ts'
import type { StuckCause } from './explain-stuck.ts'
import { instanceVcpus } from './instance-vcpus.ts'
import type { ComputeEnvironment, WaitingJob } from './queue-look.ts'

const FARGATE_VCPU = Math.max(...fargateVcpus)

/** A job that asks for more vCPUs than any environment gives. Undefined where one of them might. */
export function sizeCause(
  environments: readonly ComputeEnvironment[],
  usable: readonly ComputeEnvironment[],
  job: WaitingJob | undefined,
): StuckCause | undefined {
  const largest = largestVcpu(usable)
  if (largest === undefined || job?.vcpu === undefined || job.vcpu <= largest) return undefined
  const others = environments.filter(environment => !usable.includes(environment)).map(({ name }) => name)
  const unused = others.length === 0 ? '' : ` (${others.join(', ')} cannot be used as it is)`
  return {
    ...{ id: 'too-large', of: 'job' },
    text: `no compute environment of the queue is large enough: it needs ${job.vcpu} vCPU, the largest has ${largest}${unused}`,
    mend: 'Raise `maxvCpus` or allow larger instance types, or let the job ask for less.',
  }
}

/** The vCPUs of the largest job that could ever start; undefined where that is not to be seen. */
export function largestVcpu(environments: readonly ComputeEnvironment[]): number | undefined {
  const each = environments.map(({ isFargate, maxvCpus, instanceTypes }) => {
    const bounds = [maxvCpus, isFargate ? FARGATE_VCPU : largestInstance(instanceTypes)]
    const known = bounds.filter(bound => bound !== undefined)
    return known.length === 0 ? undefined : Math.min(...known)
  })
  return each.some(bound => bound === undefined) || each.length === 0
    ? undefined
    : Math.max(...each.map(bound => bound ?? 0))
}

function largestInstance(instanceTypes: readonly string[]): number | undefined {
  const sizes = instanceTypes.map(instanceVcpus)
  if (sizes.length === 0 || sizes.some(size => size === undefined)) return undefined
  return Math.max(...sizes.map(size => size ?? 0))
}

/** What a local mode adds to a cause that names what the job asks for: it is not what the workflow's file says. */
export function localSizeNote({ id }: StuckCause): string | undefined {
  if (id !== 'too-large' && id !== 'full') return undefined
  return 'Local mode lowers what a job asks for to what this machine has: its file may ask for more.'
}

/** `8 vCPU, 16384 MiB, 1 GPU` */
export function needsOf(job: WaitingJob | undefined): string {
  const parts = [
    job?.vcpu === undefined ? '' : `${job.vcpu} vCPU`,
    job?.memory === undefined ? '' : `${job.memory} MiB`,
    job?.gpu === undefined || job.gpu === 0 ? '' : `${job.gpu} GPU`,
  ].filter(part => part !== '')
  return parts.length === 0 ? 'more than they have' : parts.join(', ')
}
