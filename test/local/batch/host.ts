/** A process with a local Batch in it, made to be killed: `node host.ts FOLDER namespace|group`. */
import { PROCESS_GROUP } from '../../../src/local/batch/run/isolation.ts'
import { LocalBatch } from './local-batch.ts'
import { furnish, submit, submitScript } from './local-batch-setup.ts'

const [, , folder = '', isolation = ''] = process.argv
const local = await LocalBatch.open(isolation === 'group' ? { isolation: PROCESS_GROUP } : {}, folder)
await furnish(local, 2)
const script = 'echo ready; while :; do echo x >> "$HOME/alive"; sleep 0.01; done'
const running = await submitScript(local, script, { jobName: 'once' })
const retried = await submitScript(local, `[ "$AWS_BATCH_JOB_ATTEMPT" = 1 ] || exit 0; ${script}`, {
  jobName: 'twice',
  retryStrategy: { attempts: 2 },
})
const queued = await submit(local, { jobName: 'queued', tags: { who: 'me' } })
const array = await submit(local, {
  arrayProperties: { size: 3 },
  dependsOn: [{ jobId: queued }, { type: 'SEQUENTIAL' }],
})
const waiting = await submit(local, { dependsOn: [{ jobId: array }] })
await Promise.all([running, retried].map(jobId => local.event(jobId, 'RUNNING')))
while (local.messages().filter(line => line === 'ready').length < 2) await local.next()
console.log(JSON.stringify({ running, retried, queued, array, waiting }))
