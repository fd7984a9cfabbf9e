import { expect, it } from 'vitest'
import { instanceVcpus } from '../../../src/core/stuck/instance-vcpus.ts'

it.each([
  ['c7g.large', 2],
  ['m5.xlarge', 4],
  ['r7gd.2xlarge', 8],
  ['u-3tb1.56xlarge', 224],
  ['c7g', undefined],
  ['optimal', undefined],
  ['c7g.metal', undefined],
  ['c7g.medium', undefined],
  ['t3.xlarge', undefined],
  ['', undefined],
])('%s has %s vCPUs', (type, vcpus) => expect(instanceVcpus(type)).toBe(vcpus))
