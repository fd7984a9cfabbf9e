import { expect, it } from 'vitest'
import { fargateMemorySizes, fargateVcpus } from '../../../src/core/workflow/fargate-sizes.ts'

it.each([
  [0.25, 512, 2048, 3],
  [0.5, 1024, 4096, 4],
  [1, 2048, 8192, 7],
  [2, 4096, 16_384, 13],
  [4, 8192, 30_720, 23],
  [8, 16_384, 61_440, 12],
  [16, 32_768, 122_880, 12],
  [32, 61_440, 249_856, 3],
])('has for %d vCPUs from %d to %d MiB', (vcpu, least, most, count) => {
  const sizes = fargateMemorySizes(vcpu) ?? []
  expect([sizes[0], sizes.at(-1), sizes.length]).toEqual([least, most, count])
})

it('has nothing for other numbers of vCPUs', () => {
  expect(fargateMemorySizes(3)).toBeUndefined()
  expect(fargateVcpus).toEqual([0.25, 0.5, 1, 2, 4, 8, 16, 32])
})
