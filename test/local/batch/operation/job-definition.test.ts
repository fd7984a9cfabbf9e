import {
  DeregisterJobDefinitionCommand,
  DescribeJobDefinitionsCommand,
  type RegisterJobDefinitionCommandInput,
} from '@aws-sdk/client-batch'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LocalBatch } from '../local-batch.ts'
import { furnish, register, submit } from '../local-batch-setup.ts'

let local: LocalBatch
beforeAll(async () => {
  local = await LocalBatch.open()
  await furnish(local)
})
afterAll(() => local.close())

const fargate = (VCPU: string, MEMORY: string): Partial<RegisterJobDefinitionCommandInput> => ({
  platformCapabilities: ['FARGATE'],
  containerProperties: {
    image: 'x',
    resourceRequirements: [
      { type: 'VCPU', value: VCPU },
      { type: 'MEMORY', value: MEMORY },
    ],
  },
})

describe('RegisterJobDefinition', () => {
  it('counts revisions from 1, and never reuses one', async () => {
    const name = { jobDefinitionName: 'counted' }
    const first = await register(local, name)
    await local.client.send(new DeregisterJobDefinitionCommand({ jobDefinition: first }))
    expect([first, await register(local, name)].map(arn => arn.split(':').at(-1))).toEqual(['1', '2'])
  })

  it.each([
    ['0.25', '512'],
    ['0.5', '4096'],
    ['8', '20480'],
    ['32', '249856'],
  ])('takes %s VCPU with %s MiB on Fargate', async (vcpu, memory) => {
    expect(await register(local, fargate(vcpu, memory))).toContain('job-definition/shell:')
  })

  it.each<[title: string, input: Partial<RegisterJobDefinitionCommandInput>, message: string]>([
    [
      'a bad name',
      { jobDefinitionName: 'a b' },
      'Provided name a b is not supported pattern[a-zA-Z_0-9-]{1,128}',
    ],
    ['no container', { containerProperties: undefined }, 'containerProperties is required.'],
    ['no memory', { containerProperties: { image: 'x', vcpus: 1 } }, 'MEMORY is required'],
    ['3 VCPU on Fargate', fargate('3', '8192'), 'VCPU must be one of 0.25, 0.5, 1, 2, 4, 8, 16, 32'],
    ['memory Fargate has not', fargate('0.25', '4096'), 'must be 512 to 2048 in steps of 512, not 4096'],
    ['more than 24 KiB', { parameters: { big: 'x'.repeat(25_000) } }, 'at most 24576 bytes'],
    ['several nodes', { type: 'multinode' }, 'not available in the local AWS Batch'],
    [
      'Kubernetes',
      { eksProperties: { podProperties: {} } },
      'eksProperties is not available in the local AWS Batch.',
    ],
  ])('refuses %s', async (_title, input, message) => {
    await expect(register(local, input)).rejects.toThrow(message)
  })
})

describe('DescribeJobDefinitions', () => {
  it('finds by name, by status and by revision, the newest first, page by page', async () => {
    const name = { jobDefinitionName: 'listed' }
    const [first = '', second = ''] = [await register(local, name), await register(local, name)]
    const find = async (input: object) => {
      const answer = await local.client.send(new DescribeJobDefinitionsCommand(input))
      return {
        arns: (answer.jobDefinitions ?? []).map(each => each.jobDefinitionArn),
        token: answer.nextToken,
      }
    }
    expect((await find(name)).arns).toEqual([second, first])
    expect((await find({ jobDefinitions: ['listed:1', 'none:1'] })).arns).toEqual([first])
    const page = await find({ ...name, maxResults: 1 })
    expect(page.arns).toEqual([second])
    expect(await find({ ...name, maxResults: 1, nextToken: page.token })).toEqual({
      arns: [first],
      token: undefined,
    })
    await local.client.send(new DeregisterJobDefinitionCommand({ jobDefinition: second }))
    expect((await find({ ...name, status: 'ACTIVE' })).arns).toEqual([first])
  })
})

describe('DeregisterJobDefinition', () => {
  it('takes a revision out of use; the latest active one stands for the name', async () => {
    const name = { jobDefinitionName: 'retired' }
    const first = await register(local, name)
    const second = await register(local, name)
    await local.client.send(new DeregisterJobDefinitionCommand({ jobDefinition: second }))
    const ended = await local.ended(await submit(local, { jobDefinition: 'retired' }))
    expect(ended).toMatchObject({ jobDefinition: first })
    await expect(submit(local, { jobDefinition: second })).rejects.toThrow('is not in ACTIVE status')
  })
})
