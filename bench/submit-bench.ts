import {
  BatchClient,
  CreateComputeEnvironmentCommand,
  CreateJobQueueCommand,
  RegisterJobDefinitionCommand,
  SubmitJobCommand,
} from '@aws-sdk/client-batch'
import { startLocalProcess } from './local-process.ts'
import { rawClient } from './raw-http.ts'
import type { Result } from './result.ts'
import { measured, timed } from './spread.ts'
import { inTempFolder } from './temp-folder.ts'

const COUNT = 1000
const AT_ONCE = 16
const NAME = 'bench'

/** How many SubmitJob a second local mode takes from one client in another process; the jobs wait and never start. */
export function submitBench(root: string): Promise<Result> {
  return inTempFolder(async folder => {
    const local = await startLocalProcess(root, folder)
    const endpoint = `http://127.0.0.1:${local.port}`
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
    const client = new BatchClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 })
    await provision(client)
    const submit = () =>
      client.send(new SubmitJobCommand({ jobName: NAME, jobQueue: NAME, jobDefinition: NAME }))
    const rate = await measured({ warmUp: 1, count: 3 }, () => perSecond(submit))
    client.destroy()
    const raw = rawClient(local.port)
    const floor = await measured({ warmUp: 1, count: 3 }, () =>
      perSecond(() => raw.get('/_batchwise/health')),
    )
    raw.close()
    await local.stop()
    return {
      rows: [
        {
          name: 'SubmitJob, one client, 16 calls at once',
          unit: '/s',
          measured: rate,
          floor: { of: 'requests without SDK and Batch', value: floor.median },
        },
      ],
    }
  })
}

async function perSecond(call: () => Promise<unknown>): Promise<number> {
  let left = COUNT
  const worker = async () => {
    while (left > 0) {
      left -= 1
      await call()
    }
  }
  const took = await timed(() => Promise.all(Array.from({ length: AT_ONCE }, worker)))
  return (COUNT / took) * 1000
}

/** A queue whose jobs stay RUNNABLE, for its compute environment is disabled. */
async function provision(client: BatchClient): Promise<void> {
  await client.send(
    new CreateComputeEnvironmentCommand({
      computeEnvironmentName: NAME,
      type: 'UNMANAGED',
      state: 'DISABLED',
      unmanagedvCpus: 1,
    }),
  )
  await client.send(
    new CreateJobQueueCommand({
      jobQueueName: NAME,
      priority: 1,
      computeEnvironmentOrder: [{ order: 1, computeEnvironment: NAME }],
    }),
  )
  await client.send(
    new RegisterJobDefinitionCommand({
      jobDefinitionName: NAME,
      type: 'container',
      containerProperties: {
        image: 'none',
        command: ['/bin/true'],
        resourceRequirements: [
          { type: 'VCPU', value: '1' },
          { type: 'MEMORY', value: '512' },
        ],
      },
    }),
  )
}
