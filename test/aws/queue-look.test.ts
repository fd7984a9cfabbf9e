import { UpdateComputeEnvironmentCommand } from '@aws-sdk/client-batch'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { queuesWith } from '../../src/aws/queue-look.ts'
import { explainStuck } from '../../src/core/stuck/explain-stuck.ts'
import { LocalBatch } from '../local/batch/local-batch.ts'
import { furnish, submit, submitScript } from '../local/batch/local-batch-setup.ts'

let local: LocalBatch
beforeEach(async () => {
  local = await LocalBatch.open()
  await furnish(local, 2)
})
afterEach(() => local.close())

const needing = (vcpu: number) => ({
  containerOverrides: { resourceRequirements: [{ type: 'VCPU' as const, value: String(vcpu) }] },
})
const causeOf = async (jobId: string) => explainStuck(await queuesWith(local.client).look('main', jobId))

describe('a look at a queue', () => {
  it('sees no head in an empty queue', async () => {
    expect(await queuesWith(local.client).head('main')).toBeUndefined()
  })

  it('sees the head of one that is full, and by what it is full', async () => {
    const before = Date.now()
    const running = await submitScript(local, 'sleep 60', needing(2))
    await local.event(running, 'RUNNING')
    const waiting = await submit(local)
    await submit(local)
    await local.event(waiting, 'RUNNABLE')
    const head = await queuesWith(local.client).head('main')
    expect(head?.jobId).toBe(waiting)
    expect(head?.since).toBeGreaterThanOrEqual(before)
    expect(await queuesWith(local.client).look('main', waiting)).toMatchObject({
      queue: { name: 'main', isValid: true },
      environments: [{ name: 'machine', isEnabled: true, isValid: true, isFargate: false, maxvCpus: 2 }],
      job: { jobName: 'job', vcpu: 1, memory: 64, image: 'busybox' },
      takenVcpu: 2,
    })
    expect(await causeOf(waiting)).toMatchObject({ id: 'full' })
  })

  it('sees a job that is too large, and an environment that is disabled', async () => {
    const waiting = await submit(local, needing(8))
    await local.event(waiting, 'RUNNABLE')
    expect((await causeOf(waiting)).text).toBe(
      'no compute environment of the queue is large enough: it needs 8 vCPU, the largest has 2',
    )
    await local.client.send(
      new UpdateComputeEnvironmentCommand({ computeEnvironment: 'machine', state: 'DISABLED' }),
    )
    expect(await causeOf(waiting)).toMatchObject({ id: 'disabled:machine' })
  })

  it('is refused for a queue that is not there', async () => {
    await expect(queuesWith(local.client).head('gone')).rejects.toThrow('gone')
  })
})
