import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningLocal, startLocal } from './local.ts'

const WORKFLOW = `workflow: flaky
triggers: [{ object: { bucket: "\${stack.inputBucket}", key: "in/{name}" } }]
alerts: { sms: true }
defaults: { timeout: 1m }
jobs:
  shards: { image: tool, command: [node, -e, "const i = process.env.AWS_BATCH_JOB_ARRAY_INDEX; console.log('shard', i); if (i % 2) { console.log('PASSWORD=hunter2'); process.exit(3) }"], array: 5, vcpu: 0.25, memory: 512MiB }
  join: { image: tool, command: [node, -e, "0"], dependsOn: [shards], vcpu: 0.25, memory: 512MiB }
`

const folder = mkdtempSync(join(tmpdir(), 'batchwise-alerts-'))
let local: RunningLocal
beforeAll(async () => {
  writeFileSync(join(folder, 'flaky.yaml'), WORKFLOW)
  local = await startLocal(folder)
})
afterAll(async () => {
  await local.close()
  rmSync(folder, { recursive: true, force: true })
})

it('tells what failed and why, in words, with the log of the first child, and no secret', async () => {
  const key = 'in/a <b>;\n"c"'
  await local.reader.s3.send(
    new PutObjectCommand({ Bucket: local.aws.stack['inputBucket'], Key: key, Body: 'x' }),
  )
  const [flaky] = await local.reader.ended('flaky', 1)
  expect(flaky?.run.status).toBe('FAILED')
  const [message, ...others] = await outbox()
  expect(others).toEqual([])
  expect(message?.subject).toBe('flaky failed: shards [local]')
  expect(message?.attributes).toMatchObject({ sms: { value: 'true' }, kind: { value: 'failed' } })
  const email = message?.messages.email ?? ''
  expect(email).toContain(`Run ${flaky?.run.runId} of workflow flaky failed.`)
  expect(email).toContain('Job shards failed: 2 of 5 failed: 1, 3; the first: exit code 3.')
  expect(email).toContain('Did not run because of that: join.')
  expect(email).toContain('Input:   s3://batchwise-input/in/a <b>;\\n"c"')
  expect(email).toContain('| shard 1\n| PASSWORD=***\n')
  expect(email).toContain(`batchwise retry ${flaky?.run.runId}\n`)
  expect(email).not.toContain('hunter2')
  expect(message?.messages.sms).toBe(
    'flaky failed: shards (local). 2 of 5 failed: 1, 3; the first: exit code 3. Run '.concat(
      flaky?.run.runId ?? '',
    ),
  )
})

interface Told {
  readonly subject: string
  readonly messages: { readonly email: string; readonly sms: string }
  readonly attributes: Readonly<Record<string, { readonly value: string }>>
}

/** The alert is published after the run has ended. */
async function outbox(): Promise<readonly Told[]> {
  for (;;) {
    const folder = join(local.folder, 'data', 'outbox')
    const names = namesIn(folder).filter(name => name.endsWith('.json') && !name.startsWith('.'))
    if (names.length > 0) return names.map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')))
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return [] // made with the first message
  }
}
