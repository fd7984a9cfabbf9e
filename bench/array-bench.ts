import { createServer } from 'node:http'
import { availableParallelism } from 'node:os'
import { BatchClient, SubmitJobCommand } from '@aws-sdk/client-batch'
import type { AwsEvent } from '../src/local/aws-event.ts'
import { probeIsolation } from '../src/local/batch/run/isolation.ts'
import { openServices } from '../src/local/services.ts'
import { provisionBatch } from '../src/local/stack/provision.ts'
import { spawnLoop } from './floor/spawn-floor.ts'
import { serving } from './raw-http.ts'
import type { Result } from './result.ts'
import { measured, spreadOf, timed } from './spread.ts'
import { inTempFolder } from './temp-folder.ts'
import { trueDefinition } from './true-definition.ts'

const CHILDREN = 1000
const VCPU = 0.25
const NAME = 'bench'

/** How long an array of 1,000 children that do nothing takes, against starting the same processes in a loop. */
export async function arrayBench(): Promise<Result> {
  const atOnce = Math.floor(Math.max(1, availableParallelism()) / VCPU)
  const { prefix } = probeIsolation()
  const plain = await spawnLoop([], CHILDREN, atOnce)
  const isolated = await spawnLoop(prefix, CHILDREN, atOnce)
  const array = await inTempFolder(folder => serveArrays(folder))
  const name = `array of 1,000 times /bin/true, ${atOnce} at once`
  return {
    rows: [
      {
        name,
        unit: 'ms',
        measured: array,
        floor: { of: 'a loop of spawn, as jobs are started', value: isolated },
      },
      { name: '  a loop of plain spawn', unit: 'ms', measured: spreadOf([plain]) },
    ],
  }
}

function serveArrays(folder: string) {
  let onEvent: (event: AwsEvent) => void = () => {}
  const server = createServer()
  return serving(server, async port => {
    const services = openServices({
      ...{ folder, port, images: {} },
      onEvent: event => onEvent(event),
      onProblem: what => console.error(what),
    })
    server.on('request', services.router)
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
    const target = { endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', credentials }
    await provisionBatch(target, [trueDefinition(NAME)])
    services.batch.start()
    const client = new BatchClient(target)
    const spread = await measured({ warmUp: 0, count: 2 }, () =>
      timed(async () => {
        const { promise, resolve } = Promise.withResolvers<void>()
        onEvent = event => {
          if (isEndOfParent(event)) resolve()
        }
        await client.send(
          new SubmitJobCommand({
            ...{ jobName: NAME, jobQueue: 'default', jobDefinition: NAME },
            arrayProperties: { size: CHILDREN },
          }),
        )
        await promise
      }),
    )
    client.destroy()
    await services.batch.stop()
    await services.close()
    return spread
  })
}

function isEndOfParent({ detail }: AwsEvent): boolean {
  const { status, arrayProperties } = detail as {
    readonly status?: string
    readonly arrayProperties?: { readonly index?: number }
  }
  if (status === 'FAILED') throw new Error('A job of the array failed.')
  return status === 'SUCCEEDED' && arrayProperties?.index === undefined
}
