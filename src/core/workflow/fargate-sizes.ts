/**
 * Memory sizes (MiB) that Fargate has for each number of vCPUs.
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_ResourceRequirement.html
 */
const MEMORY_BY_VCPU: ReadonlyMap<number, readonly number[]> = new Map([
  [0.25, [512, 1024, 2048]],
  [0.5, steps(1024, 4096, 1024)],
  [1, steps(2048, 8192, 1024)],
  [2, steps(4096, 16_384, 1024)],
  [4, steps(8192, 30_720, 1024)],
  [8, steps(16_384, 61_440, 4096)],
  [16, steps(32_768, 122_880, 8192)],
  [32, [61_440, 122_880, 249_856]],
])

/** Numbers of vCPUs that Fargate has, ascending. */
export const fargateVcpus: readonly number[] = [...MEMORY_BY_VCPU.keys()]

/** Memory sizes in MiB that Fargate has for so many vCPUs, ascending; undefined when it has no such number. */
export function fargateMemorySizes(vcpu: number): readonly number[] | undefined {
  return MEMORY_BY_VCPU.get(vcpu)
}

function steps(from: number, to: number, step: number): readonly number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step)
}
