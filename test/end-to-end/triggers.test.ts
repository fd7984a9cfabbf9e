import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { scheduleId } from '../../src/core/event/schedules.ts'
import { previousFiring } from '../../src/core/schedule/firing-time.ts'
import { type RunningLocal, startLocal } from './local.ts'

const FILES = {
  'closing.yaml': `workflow: closing
parameters: { shop: { type: number } }
triggers:
  - event: { pattern: { source: [shop.orders], detail-type: [Day Closed] }, parameters: { shop: "\${trigger.detail.shop}" } }
jobs:
  note: { image: tool, command: [node, -e, "process.exit(process.env.DAY === '2026-11-20' ? 0 : 1)"], environment: { DAY: "\${trigger.detail.day}" }, vcpu: 0.25, memory: 512MiB, timeout: 1m }
`,
  'report.yaml': `workflow: report
triggers: [{ after: { workflow: closing } }]
jobs:
  tell: { image: tool, command: [node, -e, "process.exit(process.env.AFTER.startsWith('s3://batchwise-output/closing/') ? 0 : 1)"], environment: { AFTER: "\${trigger.output}" }, vcpu: 0.25, memory: 512MiB, timeout: 1m }
`,
  'pairs.yaml': `workflow: pairs
triggers:
  - object: { bucket: "\${stack.inputBucket}", key: "runs/{run}/{sample}_R{read}", collect: { by: "\${trigger.run}/\${trigger.sample}", until: { count: 2 } } }
concurrency: { limit: 1 }
jobs:
  align: { image: tool, command: [node, -e, "process.exit(process.env.OBJECTS.endsWith('objects.jsonl') ? 0 : 1)"], environment: { OBJECTS: "\${trigger.objects}" }, vcpu: 0.25, memory: 512MiB, timeout: 1m }
`,
  'nightly.yaml': `workflow: nightly
triggers: [{ schedule: { cron: "0 2 * * ? *", timezone: Europe/Berlin } }]
jobs:
  day: { image: tool, command: [node, -e, "process.exit(process.env.DAY < process.env.TODAY ? 0 : 1)"], environment: { DAY: "\${trigger.previousDate}", TODAY: "\${trigger.scheduledDate}" }, vcpu: 0.25, memory: 512MiB, timeout: 1m }
`,
}

/** Yesterday's firing is still to be caught up. */
const NIGHTLY = { expression: 'cron(0 2 * * ? *)', timezone: 'Europe/Berlin' }

const folder = mkdtempSync(join(tmpdir(), 'batchwise-triggers-'))
let local: RunningLocal
beforeAll(async () => {
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text)
  local = await startLocal(folder, data => {
    mkdirSync(data, { recursive: true })
    const fired = { name: `nightly-${scheduleId(NIGHTLY)}`, at: Date.now() - 3 * 86_400_000 }
    writeFileSync(join(data, 'journal.jsonl'), `${JSON.stringify([['schedules', fired]])}\n`)
  })
})
afterAll(async () => {
  await local.close()
  rmSync(folder, { recursive: true, force: true })
})

it('runs a workflow for an event, and another one after it', async () => {
  const client = new EventBridgeClient(local.aws.target)
  const Detail = JSON.stringify({ day: '2026-11-20', shop: 7, secret: 'x' })
  await client.send(
    new PutEventsCommand({ Entries: [{ Source: 'shop.orders', DetailType: 'Day Closed', Detail }] }),
  )
  client.destroy()
  const [closing] = await local.reader.ended('closing', 1)
  expect(closing?.run).toMatchObject({ status: 'SUCCEEDED', parameters: { shop: 7 } })
  expect(closing?.run.trigger.detail).toEqual({ day: '2026-11-20', shop: 7 })
  const [report] = await local.reader.ended('report', 1)
  expect(report?.run).toMatchObject({ status: 'SUCCEEDED', depth: 1 })
  expect(report?.run.trigger.values).toMatchObject({ runId: closing?.run.runId, status: 'SUCCEEDED' })
  expect(local.problems).toEqual([])
})

it('catches up the last firing of a schedule that passed while nothing ran', async () => {
  const [nightly] = await local.reader.ended('nightly', 1)
  const scheduledTime = new Date(previousFiring(NIGHTLY, nightly?.run.createdAt ?? 0) ?? 0).toISOString()
  expect(nightly?.run).toMatchObject({ status: 'SUCCEEDED', trigger: { type: 'schedule' } })
  expect(nightly?.run.trigger.values['scheduledTime']).toBe(scheduledTime.replace('.000', ''))
})

it('runs one workflow for each pair of objects, one run at a time', async () => {
  const keys = ['runs/7/a_R1', 'runs/7/b;\n_R2', 'runs/7/a_R2', 'runs/7/b;\n_R1', 'runs/8/a_R1']
  for (const Key of keys) {
    await local.reader.s3.send(new PutObjectCommand({ Bucket: 'batchwise-input', Key, Body: 'x' }))
  }
  const ended = () =>
    local.reader.runs('pairs').then(runs => runs.filter(({ run }) => run.status === 'SUCCEEDED'))
  while ((await ended()).length < 2) await new Promise(resolve => setTimeout(resolve, 50))
  const sets = await Promise.all(
    (await ended()).map(({ run }) =>
      local.reader.text(
        'batchwise-output',
        (run.trigger.values['objects'] ?? '').slice('s3://batchwise-output/'.length),
      ),
    ),
  )
  const members = sets.map(text =>
    text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line).key),
  )
  expect(members.toSorted()).toEqual([
    ['runs/7/a_R1', 'runs/7/a_R2'],
    ['runs/7/b;\n_R1', 'runs/7/b;\n_R2'],
  ])
  expect((await local.reader.runs('pairs')).map(({ run }) => run.status).toSorted()).toEqual([
    'COLLECTING',
    'SUCCEEDED',
    'SUCCEEDED',
  ])
})
