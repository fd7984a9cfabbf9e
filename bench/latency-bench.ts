import { EventEmitter, once } from 'node:events'
import { createServer } from 'node:http'
import { BatchClient, SubmitJobCommand } from '@aws-sdk/client-batch'
import type { AwsEvent } from '../src/local/aws-event.ts'
import { startFunctionHost } from '../src/local/functions/function-host.ts'
import { localQueueName } from '../src/local/functions/queue-resources.ts'
import { openServices, type Services } from '../src/local/services.ts'
import { provisionBatch } from '../src/local/stack/provision.ts'
import { serving } from './raw-http.ts'
import type { Result } from './result.ts'
import { spreadOf } from './spread.ts'
import { inTempFolder } from './temp-folder.ts'
import { trueDefinition } from './true-definition.ts'

const JOBS = 150
const TARGET = 10
const NAME = 'latency'

/** From a job's change of state to the function that is told of it: rule, queue and invocation between them. */
export function latencyBench(root: string): Promise<Result> {
  return inTempFolder(async folder => {
    const latencies = await changesToFunction(root, folder)
    const sorted = latencies.toSorted((a, b) => a - b)
    const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN
    const name = `state change to function, ${latencies.length} of them`
    return {
      rows: [
        { name, unit: 'ms', measured: spreadOf(latencies) },
        { name: '  99th percentile', unit: 'ms', measured: spreadOf([p99]), target: TARGET },
      ],
    }
  })
}

async function changesToFunction(root: string, folder: string): Promise<readonly number[]> {
  const changes = new Map<string, number>()
  const news = new EventEmitter()
  const onEvent = (event: AwsEvent) => {
    changes.set(keyOf(event), performance.now())
    news.emit(keyOf(event))
  }
  const server = createServer()
  return serving(server, async port => {
    const services = openServices({
      ...{ folder, port, images: {}, onEvent },
      onProblem: what => console.error(what),
    })
    server.on('request', services.router)
    const host = await tell(services, root, () => news.emit('invoked'))
    await submitAll(services, port, async jobId => {
      const key = `${jobId} SUCCEEDED`
      if (!changes.has(key)) await once(news, key)
    })
    while ((globalThis.arrivals?.size ?? 0) < changes.size) await once(news, 'invoked')
    await host.stop()
    await services.batch.stop()
    await services.close()
    return [...changes].map(([key, at]) => (globalThis.arrivals?.get(key) ?? Number.NaN) - at)
  })
}

/** One job after the other: how long many at once wait for each other is not the question. */
async function submitAll(
  { batch }: Services,
  port: number,
  ended: (jobId: string) => Promise<unknown>,
): Promise<void> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const target = { endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', credentials }
  await provisionBatch(target, [trueDefinition(NAME)])
  batch.start()
  const client = new BatchClient(target)
  for (let at = 0; at < JOBS; at += 1) {
    const job = { jobName: NAME, jobQueue: 'default', jobDefinition: NAME }
    const { jobId = '' } = await client.send(new SubmitJobCommand(job))
    await ended(jobId)
  }
  client.destroy()
}

/** A rule for all state changes, its queue, and the function behind it. */
function tell(services: Services, root: string, onInvocation: () => void) {
  const queue = localQueueName(NAME)
  services.queues.create({ name: queue, visibilityTimeout: 60 })
  const pattern = { 'detail-type': ['Batch Job State Change'] }
  services.bus.setRules([{ name: NAME, bus: 'default', pattern, targets: [services.queues.arn(queue)] }])
  const source = { type: 'sqs', queue: NAME, batchSize: 10, reportBatchItemFailures: false } as const
  return startFunctionHost({
    functions: [
      {
        ...{ name: NAME, handler: 'bench/latency-function.handler', timeout: 10 },
        ...{ environment: {}, events: [source] },
      },
    ],
    ...{ root, environment: {}, queues: services.queues, now: Date.now, onInvocation },
  })
}

function keyOf({ detail }: AwsEvent): string {
  return `${detail['jobId']} ${detail['status']}`
}
