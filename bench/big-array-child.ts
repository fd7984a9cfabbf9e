/**
 * An array of so many children in a process of its own, whose memory can be told: `node big-array-child.ts FOLDER
 * group|namespace COUNT AT_ONCE`. Prints what it took as JSON.
 */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { BatchClient, SubmitJobCommand } from '@aws-sdk/client-batch'
import { PROCESS_GROUP, probeIsolation } from '../src/local/batch/run/isolation.ts'
import { childrenOf } from '../src/local/batch/run/process-tree.ts'
import { openServices } from '../src/local/services.ts'
import { provisionBatch } from '../src/local/stack/provision.ts'
import { serving } from './raw-http.ts'
import { timed } from './spread.ts'
import { trueDefinition } from './true-definition.ts'

const [, , folder = '', isolation = '', count = ''] = process.argv
const NAME = 'bench'
const ended = new EventTarget()
const server = createServer()

await serving(server, async port => {
  const services = openServices({
    ...{ folder, port, images: {} },
    batch: { isolation: isolation === 'group' ? PROCESS_GROUP : probeIsolation() },
    onEvent: ({ detail }) => {
      if (isEndOfParent(detail)) ended.dispatchEvent(new Event(String(detail['status'])))
    },
    onProblem: what => console.error(what),
  })
  server.on('request', services.router)
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const target = { endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', credentials }
  await provisionBatch(target, [trueDefinition(NAME)])
  services.batch.start()
  const client = new BatchClient(target)
  const submission = { jobName: NAME, jobQueue: 'default', jobDefinition: NAME }
  const milliseconds = await timed(async () => {
    const end = once(ended, 'SUCCEEDED')
    await client.send(new SubmitJobCommand({ ...submission, arrayProperties: { size: Number(count) } }))
    await end
  })
  const mostMemory = process.resourceUsage().maxRSS * 1024
  const ofSpawner = childrenOf(process.pid).reduce((sum, pid) => sum + mostMemoryOf(pid), 0)
  client.destroy()
  await services.batch.stop()
  await services.close()
  console.log(JSON.stringify({ milliseconds, mostMemory, ofSpawner }))
})
process.exit(0)

/** Bytes; of the process that starts jobs. */
function mostMemoryOf(pid: number): number {
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes ?? 0) * 1024
}

function isEndOfParent({ status, arrayProperties }: Readonly<Record<string, unknown>>): boolean {
  return status === 'SUCCEEDED' && !Object.hasOwn(arrayProperties ?? {}, 'index')
}
