import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningLocal, startLocal } from './local.ts'

/** A child fails without an item of its own, found as in a stock image. */
const SAY = 'test -n "$(echo "$BATCHWISE_ITEMS" | sed -n "$((AWS_BATCH_JOB_ARRAY_INDEX + 1))p")"'
const CONTAINER = 'vcpu: 0.25, memory: 512MiB, timeout: 1m'

const FILES = {
  'deliveries.yaml': `workflow: deliveries
triggers:
  - object: { bucket: "\${stack.inputBucket}", key: "deliveries/{delivery}/{file}.csv", collect: { by: "\${trigger.delivery}", until: { manifest: list.json } } }
jobs:
  load: { image: tool, command: [sh, -c, '${SAY}'], array: { lines: "\${trigger.objects}" }, ${CONTAINER} }
`,
  'each.yaml': `workflow: each
triggers: [{ object: { bucket: "\${stack.inputBucket}", key: "lists/{name}.txt" } }]
jobs:
  lines: { image: tool, command: [sh, -c, '${SAY}'], array: { lines: "\${trigger.uri}" }, ${CONTAINER} }
  objects: { image: tool, command: [sh, -c, '${SAY}'], array: { objects: "s3://\${stack.inputBucket}/parts/" }, dependsOn: [lines], ${CONTAINER} }
  gone: { image: tool, command: ["true"], array: { lines: "\${run.output}/nobody-wrote-it" }, dependsOn: [objects], ${CONTAINER} }
`,
}

const folder = mkdtempSync(join(tmpdir(), 'batchwise-items-'))
let local: RunningLocal
beforeAll(async () => {
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text)
  local = await startLocal(folder)
})
afterAll(async () => {
  await local.close()
  rmSync(folder, { recursive: true, force: true })
})

const put = (Key: string, Body: string) =>
  local.reader.s3.send(new PutObjectCommand({ Bucket: 'batchwise-input', Key, Body }))

it('has a child for each line and for each object, and fails by name where there is no file', async () => {
  for (const key of ['parts/', 'parts/a b.csv', 'parts/$(touch pwned).csv', 'parts/ü.csv']) {
    await put(key, key === 'parts/' ? '' : 'x')
  }
  await put('lists/l.txt', 'north\r\n\nsouth\n')
  const [run] = await local.reader.ended('each', 1)
  const jobs = Object.fromEntries((run?.jobs ?? []).map(record => [record.job, record]))
  expect(jobs).toMatchObject({
    lines: { state: 'SUCCEEDED', size: 2 },
    objects: { state: 'SUCCEEDED', size: 3 },
    gone: {
      state: 'FAILED',
      statusReason: expect.stringContaining('nobody-wrote-it: there is no such object'),
    },
  })
  const manifest = (job: string) =>
    local.reader.text('batchwise-output', `each/${run?.run.runId}/_batchwise/${job}.1.jsonl`)
  expect(await manifest('lines')).toBe('"north"\n"south"\n')
  const lines = (await manifest('objects')).trimEnd().split('\n')
  expect(lines.map(line => JSON.parse(line).key)).toEqual([
    'parts/$(touch pwned).csv',
    'parts/a b.csv',
    'parts/ü.csv',
  ])
  expect(local.problems).toEqual([])
})

it('runs once for a delivery when all that its manifest lists is there, with a child for each object', async () => {
  const names = ['a b', '"c\'', 'ü']
  await put('deliveries/7/list.json', JSON.stringify(names.map(name => `deliveries/7/${name}.csv`)))
  for (const name of names) {
    expect((await local.reader.runs('deliveries')).filter(({ run }) => run.status !== 'COLLECTING')).toEqual(
      [],
    )
    await put(`deliveries/7/${name}.csv`, 'x')
  }
  const [run] = await local.reader.ended('deliveries', 1)
  expect(run?.run).toMatchObject({ status: 'SUCCEEDED', collect: { expected: 3 } })
  expect(run?.jobs).toMatchObject([{ job: 'load', state: 'SUCCEEDED', size: 3 }])
  expect(local.problems).toEqual([])
})
