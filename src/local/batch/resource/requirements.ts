import type { Resources } from '../engine/resources.ts'
import type { Members } from '../wire/members.ts'
import { clientException } from '../wire/wire-error.ts'
import type { PlatformCapability, ResourceRequirement } from './records.ts'

const TYPES = ['VCPU', 'MEMORY', 'GPU'] as const

/** By vCPUs, the memory in MiB that Fargate has for them: from, to, step. */
const FARGATE: ReadonlyMap<number, readonly [from: number, to: number, step: number]> = new Map([
  [0.25, [512, 2048, 512]],
  [0.5, [1024, 4096, 1024]],
  [1, [2048, 8192, 1024]],
  [2, [4096, 16384, 1024]],
  [4, [8192, 30720, 1024]],
  [8, [16384, 61440, 4096]],
  [16, [32768, 122880, 8192]],
  [32, [61440, 249856, 1024]],
])
/** The only three of the largest. */
const FARGATE_32 = [61440, 122880, 249856]

/** Reads `resourceRequirements`, or the older `vcpus` and `memory` where it is missing. */
export function parseRequirements(members: Members): readonly ResourceRequirement[] {
  const listed = members.list('resourceRequirements')?.map(parseRequirement) ?? []
  return [...listed, ...olderForm(members, listed)]
}

/**
 * Overrides of the same type replace the definition's.
 *
 * The older form cannot override `resourceRequirements`; it is not honoured.
 */
export function mergeRequirements(
  defined: readonly ResourceRequirement[],
  overrides: readonly ResourceRequirement[],
): readonly ResourceRequirement[] {
  const kept = defined.filter(({ type }) => !overrides.some(override => override.type === type))
  return [...kept, ...overrides]
}

/** @throws ClientException when the platform has no such machine */
export function toResources(
  requirements: readonly ResourceRequirement[],
  platforms: readonly PlatformCapability[],
): Resources {
  const resources = {
    vcpus: amount(requirements, 'VCPU'),
    memory: amount(requirements, 'MEMORY'),
    gpus: amount(requirements, 'GPU'),
  }
  if (platforms.includes('FARGATE')) checkFargate(resources)
  else checkEc2(resources)
  return resources
}

function parseRequirement(members: Members): ResourceRequirement {
  members.requiredText('type')
  const type = members.oneOf('type', TYPES) ?? 'VCPU'
  const value = members.requiredText('value')
  if (!/^\d{1,9}(\.\d{1,3})?$/.test(value)) {
    throw clientException(`resourceRequirements: ${type} must be a number, not ${JSON.stringify(value)}.`)
  }
  return { type, value }
}

function olderForm(members: Members, listed: readonly ResourceRequirement[]): readonly ResourceRequirement[] {
  const vcpus = members.integer('vcpus', 1, 1_000_000)
  const memory = members.integer('memory', 4, 1_000_000_000)
  const older: readonly ResourceRequirement[] = [
    ...(vcpus === undefined ? [] : [{ type: 'VCPU' as const, value: String(vcpus) }]),
    ...(memory === undefined ? [] : [{ type: 'MEMORY' as const, value: String(memory) }]),
  ]
  return older.filter(({ type }) => !listed.some(one => one.type === type))
}

function amount(requirements: readonly ResourceRequirement[], type: ResourceRequirement['type']): number {
  const found = requirements.find(requirement => requirement.type === type)
  if (found === undefined && type !== 'GPU')
    throw clientException(`resourceRequirements: ${type} is required.`)
  return Number(found?.value ?? 0)
}

function checkEc2({ vcpus, memory, gpus }: Resources): void {
  if (!Number.isInteger(vcpus) || vcpus < 1)
    throw clientException('VCPU must be a whole number of at least 1 on EC2.')
  if (!Number.isInteger(memory) || memory < 4) throw clientException('MEMORY must be at least 4 MiB.')
  if (!Number.isInteger(gpus)) throw clientException('GPU must be a whole number.')
}

function checkFargate({ vcpus, memory, gpus }: Resources): void {
  if (gpus > 0) throw clientException('GPU is not applicable for Fargate.')
  const range = FARGATE.get(vcpus)
  if (range === undefined) {
    throw clientException(
      `Fargate resource requirements for VCPU must be one of ${[...FARGATE.keys()].join(', ')}.`,
    )
  }
  const [from, to, step] = range
  const isThere =
    vcpus === 32 ? FARGATE_32.includes(memory) : memory >= from && memory <= to && memory % step === 0
  if (isThere) return
  const choices = vcpus === 32 ? FARGATE_32.join(', ') : `${from} to ${to} in steps of ${step}`
  throw clientException(
    `Fargate resource requirements for MEMORY with ${vcpus} VCPU must be ${choices}, not ${memory}.`,
  )
}
