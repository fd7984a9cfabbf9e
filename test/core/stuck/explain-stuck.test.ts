import { describe, expect, it } from 'vitest'
import { explainStuck } from '../../../src/core/stuck/explain-stuck.ts'
import type { QueueLook } from '../../../src/core/stuck/queue-look.ts'
import { environmentOf, lookOf } from './look-of.ts'

const EC2 = { isFargate: false, maxvCpus: 256 }
const ROLE =
  'CLIENT_ERROR - User: batch.amazonaws.com is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/batch'
const NEEDS =
  'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - The job resource requirement (vCPU/memory/GPU) is higher than that can be met'

describe('why a queue is stuck', () => {
  it.each<[string, Parameters<typeof lookOf>[0], string, string]>([
    [
      'a job larger than all of its environments',
      { job: { vcpu: 8, memory: 16_384 } },
      'too-large',
      'no compute environment of the queue is large enough: it needs 8 vCPU, the largest has 4',
    ],
    [
      'a job larger than Fargate gives, whatever `maxvCpus` says',
      { job: { vcpu: 48 }, environments: [environmentOf({ maxvCpus: 256 })] },
      'too-large',
      'no compute environment of the queue is large enough: it needs 48 vCPU, the largest has 32',
    ],
    [
      'a job larger than all instance types',
      {
        job: { vcpu: 16 },
        environments: [environmentOf({ ...EC2, instanceTypes: ['m7g.large', 'm7g.2xlarge'] })],
      },
      'too-large',
      'no compute environment of the queue is large enough: it needs 16 vCPU, the largest has 8',
    ],
    [
      'the only large environment cannot be used',
      {
        job: { vcpu: 8 },
        environments: [environmentOf(), environmentOf({ name: 'big', maxvCpus: 64, isEnabled: false })],
      },
      'too-large',
      'no compute environment of the queue is large enough: it needs 8 vCPU, the largest has 4 (big cannot be used as it is)',
    ],
    [
      'a size that only Batch knows to be too large',
      {
        job: { vcpu: 8, gpu: 1, statusReason: NEEDS },
        environments: [environmentOf({ ...EC2, instanceTypes: ['c7g', 'm7g'] })],
      },
      'too-large',
      'no machine of its environments is large enough: it needs 8 vCPU, 2048 MiB, 1 GPU; allowed are c7g, m7g; at most 256 vCPU',
    ],
    [
      'a disabled environment',
      { environments: [environmentOf({ isEnabled: false })] },
      'disabled:spot',
      'the compute environment spot is disabled',
    ],
    [
      'an INVALID environment',
      {
        environments: [
          environmentOf({ isValid: false, statusReason: 'CLIENT_ERROR - Clusters can not be blank.' }),
        ],
      },
      'invalid:spot',
      'the compute environment spot is INVALID (CLIENT_ERROR - Clusters can not be blank.)',
    ],
    [
      'a role that is missing',
      { environments: [environmentOf({ isValid: false, statusReason: ROLE })] },
      'role:spot',
      `a role of the compute environment spot is missing or lacks a permission, so it is INVALID (${ROLE})`,
    ],
    [
      'one disabled and one INVALID',
      {
        environments: [environmentOf({ isEnabled: false }), environmentOf({ name: 'other', isValid: false })],
      },
      'disabled:spot invalid:other',
      'the compute environment spot is disabled; the compute environment other is INVALID',
    ],
    ['no environment at all', { environments: [] }, 'no-environment', 'the queue has no compute environment'],
    [
      'an INVALID queue',
      { queue: { name: 'default', isValid: false, statusReason: 'gone' } },
      'queue-invalid',
      'the queue default is INVALID (gone)',
    ],
    [
      'a service role without permissions, found by Batch',
      { job: { statusReason: 'MISCONFIGURATION:SERVICE_ROLE_PERMISSIONS' } },
      'role',
      'the service role of its environments is missing or lacks a permission (MISCONFIGURATION:SERVICE_ROLE_PERMISSIONS)',
    ],
    [
      'instances that cannot be started',
      { job: { statusReason: 'MISCONFIGURATION:EC2_INSTANCE_CONFIGURATION_UNSUPPORTED' } },
      'instances',
      'the instance types of its environments cannot be started as they are configured (MISCONFIGURATION:EC2_INSTANCE_CONFIGURATION_UNSUPPORTED)',
    ],
    [
      'no capacity in AWS',
      { job: { statusReason: 'CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY' } },
      'capacity',
      'AWS has no capacity of the instance types of its environments (CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY)',
    ],
    [
      'an image that cannot be pulled, tried again and again',
      {
        job: {
          image: 'tool:7',
          lastEnd: { statusReason: 'Task failed to start', reason: 'CannotPullContainerError: not found' },
        },
      },
      'image',
      'its image tool:7 cannot be pulled (CannotPullContainerError: not found)',
    ],
    [
      "a job's role that cannot be assumed",
      { job: { lastEnd: { reason: "ECS was unable to assume the role 'arn:aws:iam::1:role/job'" } } },
      'job-role',
      "a role of the job is missing or lacks a permission (ECS was unable to assume the role 'arn:aws:iam::1:role/job')",
    ],
    [
      'vCPUs that other jobs of the queue take',
      { takenVcpu: 4 },
      'full',
      'the maximum of its environments is reached by other jobs: 4 of 4 vCPUs are taken, and it needs 1',
    ],
    [
      'vCPUs that other queues take of EC2',
      {
        environments: [environmentOf({ ...EC2, desiredvCpus: 256, instanceTypes: ['optimal'] })],
        takenVcpu: 8,
      },
      'full',
      'the maximum of its environments is reached by other jobs: 256 of 256 vCPUs are taken, and it needs 1',
    ],
    [
      'nothing to be seen',
      {},
      'unknown',
      'AWS Batch gives no reason; its environments are enabled, valid and large enough',
    ],
    [
      'an unmanaged environment, of which nothing is told',
      {
        environments: [
          {
            ...environmentOf({ isFargate: false }),
            maxvCpus: undefined,
          } as unknown as QueueLook['environments'][0],
        ],
        takenVcpu: 99,
      },
      'unknown',
      'AWS Batch gives no reason; its environments are enabled, valid and large enough',
    ],
  ])('is explained: %s', (_title, look, id, text) => {
    expect(explainStuck(lookOf(look))).toMatchObject({ id, text })
  })

  it('always has a mend, and no full stop within its sentence', () => {
    for (const look of [lookOf(), lookOf({ environments: [environmentOf({ isEnabled: false })] })]) {
      const { mend, text } = explainStuck(look)
      expect(mend).toMatch(/\.$/)
      expect(text).not.toMatch(/\.$/)
    }
  })

  it('is explained although Batch does not know the job any more', () => {
    const { job: _job, ...look } = lookOf()
    expect(explainStuck(look).id).toBe('unknown')
  })
})
