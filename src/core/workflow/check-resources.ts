import { type Draft, jobsOf } from './draft.ts'
import { shown, shownName } from './escape-text.ts'
import { fargateMemorySizes, fargateVcpus } from './fargate-sizes.ts'
import { formatMemorySize, parseMemorySize } from './memory-size.ts'
import { EC2_SPOT_QUEUE, jobQueueOf, platformOf } from './platform.ts'
import type { Problem } from './problem.ts'
import type { JobFile } from './workflow-schema.ts'

const LEAST_MEMORY = 4
const SIZE_MEND = 'Write MiB as a whole number, or a size like 512MiB or 2GiB.'

/** E137: vCPUs, memory, storage and GPUs that the platform has. */
export function* checkResources(draft: Draft): Generator<Problem> {
  for (const [name, job] of jobsOf(draft)) {
    yield* checkMemory(name, job)
    if (job.image === undefined) continue
    const platform = platformOf(job, draft.file.defaults)
    if (platform === 'EC2') yield* checkEc2Queue(draft, name, job)
    yield* platform === 'FARGATE' ? checkFargate(draft, name, job) : checkEc2(name, job)
    yield* checkStorage(platform, name, job)
  }
}

function* checkMemory(name: string, { memory }: JobFile): Generator<Problem> {
  if (memory === undefined) return
  const size = parseMemorySize(memory)
  if (size === undefined) yield fault(name, 'memory', `${shown(memory)} is no size.`, SIZE_MEND)
  else if (size < LEAST_MEMORY) {
    yield fault(name, 'memory', `${size} MiB is less than the ${LEAST_MEMORY} MiB Batch asks for.`, SIZE_MEND)
  }
}

function* checkFargate(draft: Draft, name: string, job: JobFile): Generator<Problem> {
  if ((job.gpu ?? 0) > 0)
    yield fault(name, 'gpu', 'Fargate has no GPUs.', 'Leave `platform` out, or write EC2.')
  if (jobQueueOf(job, draft.file.defaults) === EC2_SPOT_QUEUE) {
    yield fault(
      name,
      'platform',
      'The queue of this job runs on EC2.',
      'Leave `platform` out, or take another queue.',
    )
  }
  if (job.vcpu === undefined) return
  const sizes = fargateMemorySizes(job.vcpu)
  if (!sizes) {
    const mend = `Take one of ${fargateVcpus.join(', ')}, or \`platform: EC2\`.`
    yield fault(name, 'vcpu', `Fargate has no ${job.vcpu} vCPUs.`, mend)
    return
  }
  const size = job.memory === undefined ? undefined : parseMemorySize(job.memory)
  if (size === undefined || size < LEAST_MEMORY || sizes.includes(size)) return
  const message = `Fargate has no ${formatMemorySize(size)} with ${job.vcpu} vCPU.`
  yield fault(name, 'memory', message, `Take ${sizes.map(formatMemorySize).join(', ')}.`)
}

function* checkEc2(name: string, { vcpu }: JobFile): Generator<Problem> {
  if (vcpu === undefined || Number.isInteger(vcpu)) return
  yield fault(name, 'vcpu', `EC2 has no ${vcpu} vCPUs.`, 'Write a whole number, or run it on Fargate.')
}

/** E143: the queue an EC2 job goes to unless it names one is an option of the stack. */
function* checkEc2Queue(draft: Draft, name: string, job: JobFile): Generator<Problem> {
  const named = job.jobQueue ?? draft.file.defaults?.jobQueue
  if (named !== undefined || draft.stackNames.includes('ec2SpotQueue')) return
  const message = `${shownName(name)} runs on EC2, and the stack has no \`ec2SpotQueue\` for it.`
  yield { code: 'E143', path: ['jobs', name], at: 'key', message, mend: 'Give it a `jobQueue` on EC2.' }
}

function* checkStorage(platform: 'FARGATE' | 'EC2', name: string, { storage }: JobFile): Generator<Problem> {
  if (storage === undefined) return
  const size = parseMemorySize(storage)
  if (size === undefined || size % 1024 !== 0) {
    yield fault(name, 'storage', 'This is no whole number of GiB.', 'Write a size like 100GiB.')
  } else if (platform === 'FARGATE' && (size < 21 * 1024 || size > 200 * 1024)) {
    yield fault(
      name,
      'storage',
      `Fargate has no ${formatMemorySize(size)} of storage.`,
      'Write 21GiB to 200GiB.',
    )
  } else if (platform === 'EC2') {
    const message = 'Batch cannot size the disk of one job on EC2.'
    const mend = 'Size the disk in the launch template of the compute environment.'
    yield { code: 'W137', path: ['jobs', name, 'storage'], message, mend }
  }
}

function fault(job: string, key: string, message: string, mend: string): Problem {
  return { code: 'E137', path: ['jobs', job, key], message, mend }
}
