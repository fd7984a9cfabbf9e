import type { RegisterJobDefinitionCommandInput } from '@aws-sdk/client-batch'
import { describe, expect, it } from 'vitest'
import { jobDefinitionName, jobDefinitionRequest } from '../../../src/core/workflow/job-definition.ts'
import { readWorkflow } from '../../../src/core/workflow/read-workflow.ts'
import type { Job } from '../../../src/core/workflow/workflow.ts'
import { existing, image, jobs, stackNames } from './workflow-text.ts'

const job = (keys: string): Job => {
  const read = readWorkflow(jobs(`a: { ${keys} }`), 'w.yaml', { stackNames })
  const found = read.workflow?.jobs['a']
  if (!found) throw new Error(JSON.stringify(read.diagnostics))
  return found
}
const name = (keys: string) => jobDefinitionName('dev', 'w', 'a', job(keys))
const settings = { name: 'dev-w-a-1', executionRole: 'arn:execution', logGroup: '/batchwise/dev' }

describe('jobDefinitionName', () => {
  it('is made of stack, workflow, job and content', () => {
    expect(name(image)).toMatch(/^dev-w-a-[0-9a-f]{8}$/)
  })

  it.each([
    ['the image', image.replace('image: x', 'image: y')],
    ['the memory', image.replace('2GiB', '4GiB')],
    ['the timeout', image.replace('1h', '2h')],
    ['the retries', `${image}, retry: { attempts: 2 }`],
    ['the properties', `${image}, containerProperties: { user: x }`],
    ['the architecture', `${image}, architecture: ARM64`],
  ])('changes with %s', (_title, keys) => expect(name(keys)).not.toBe(name(image)))

  it.each([
    ['the command', image.replace('[run]', '[walk]')],
    ['the environment', `${image}, environment: { A: b }`],
    ['the order of the keys', 'timeout: 60m, memory: 2048, vcpu: 1, command: [run], image: x'],
  ])('does not change with %s', (_title, keys) => expect(name(keys)).toBe(name(image)))

  it('does not change with the order of properties', () => {
    expect(name(`${image}, containerProperties: { a: 1, b: { c: 2, d: 3 } }`)).toBe(
      name(`${image}, containerProperties: { b: { d: 3, c: 2 }, a: 1 }`),
    )
  })

  it('refuses what Batch would refuse', () => {
    expect(jobDefinitionName('s'.repeat(115), 'w', 'a', job(image))).toHaveLength(128)
    expect(() => jobDefinitionName('s'.repeat(116), 'w', 'a', job(image))).toThrow('at most 128')
    expect(() => jobDefinitionName('a.b', 'w', 'a', job(image))).toThrow(
      expect.objectContaining({ code: 'E112' }),
    )
  })
})

describe('jobDefinitionRequest', () => {
  it('describes a container on Fargate', () => {
    const keys = `${image}, storage: 30GiB, architecture: ARM64, retry: { attempts: 2, on: [oom] }`
    const request: RegisterJobDefinitionCommandInput | undefined = asInput(
      jobDefinitionRequest(job(keys), settings),
    )
    expect(request).toEqual({
      jobDefinitionName: 'dev-w-a-1',
      type: 'container',
      platformCapabilities: ['FARGATE'],
      containerProperties: {
        image: 'x',
        jobRoleArn: '${stack.jobRole}',
        executionRoleArn: 'arn:execution',
        resourceRequirements: [
          { type: 'VCPU', value: '1' },
          { type: 'MEMORY', value: '2048' },
        ],
        logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/batchwise/dev' } },
        networkConfiguration: { assignPublicIp: 'ENABLED' },
        runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: 'ARM64' },
        ephemeralStorage: { sizeInGiB: 30 },
      },
      retryStrategy: {
        attempts: 2,
        evaluateOnExit: [
          { onReason: 'OutOfMemory*', action: 'RETRY' },
          { onReason: '*', action: 'EXIT' },
        ],
      },
      timeout: { attemptDurationSeconds: 3600 },
    })
  })

  it('describes a container on EC2 without what is Fargate only', () => {
    expect(jobDefinitionRequest(job(`${image}, gpu: 2`), settings)).toMatchObject({
      platformCapabilities: ['EC2'],
    })
    const properties = jobDefinitionRequest(job(`${image}, gpu: 2`), settings)?.containerProperties
    expect(Object.keys(properties ?? {})).toEqual([
      'image',
      'jobRoleArn',
      'resourceRequirements',
      'logConfiguration',
    ])
    expect(properties?.['resourceRequirements']).toContainEqual({ type: 'GPU', value: '2' })
  })

  it('lets containerProperties win', () => {
    const keys = `${image}, containerProperties: { networkConfiguration: { assignPublicIp: DISABLED }, user: nobody }`
    expect(jobDefinitionRequest(job(keys), settings)?.containerProperties).toMatchObject({
      networkConfiguration: { assignPublicIp: 'DISABLED' },
      user: 'nobody',
    })
  })

  it('describes nothing for a definition that exists', () => {
    expect(jobDefinitionRequest(job(existing), settings)).toBeUndefined()
  })
})

/** Fails to compile where the request is not what the SDK takes, apart from what the file passes through. */
function asInput(
  request: ReturnType<typeof jobDefinitionRequest>,
): RegisterJobDefinitionCommandInput | undefined {
  if (!request) return undefined
  const { retryStrategy, ...rest } = request
  const { evaluateOnExit, ...retry } = retryStrategy ?? { attempts: 1 }
  return {
    ...rest,
    retryStrategy: { ...retry, ...(evaluateOnExit && { evaluateOnExit: [...evaluateOnExit] }) },
  }
}
