import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { generate } from '../../examples/access-points/generate.mjs'
import { createRequestBus } from '../../src/aws/request-bus.ts'
import { scheduleId } from '../../src/core/event/schedules.ts'
import { expectedDay } from '../examples/access-points/independent-day.ts'
import { batchwise } from './command.ts'
import { type RunningLocal, startLocal } from './local.ts'

const DAY = 86_400_000
const SCHEDULE = `nightly-${scheduleId({ expression: 'cron(0 2 * * ? *)', timezone: 'UTC' })}`

const folder = mkdtempSync(join(tmpdir(), 'batchwise-nightly-'))
const workflows = join(folder, 'workflows')
let local: RunningLocal
beforeAll(async () => {
  mkdirSync(workflows)
  copyFileSync('workflows/access-points.yaml', join(workflows, 'access-points.yaml'))
  copyFileSync('examples/access-points/nightly.yaml', join(workflows, 'nightly.yaml'))
  local = await startLocal(workflows, threeDaysAgo)
})
afterAll(async () => {
  await local.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Local mode last ran three days ago: one firing is to be caught up. */
function threeDaysAgo(data: string): void {
  mkdirSync(data, { recursive: true })
  const fired = { name: SCHEDULE, at: Date.now() - 3 * DAY }
  writeFileSync(join(data, 'journal.jsonl'), `${JSON.stringify([['schedules', fired]])}\n`)
}

const fileOf = (seed: number) =>
  [...generate({ seed, records: 120, brokenEvery: 30 })].map(line => `${line}\n`).join('')

it('sums up the day before when its schedule fires, and any day by hand', async () => {
  const [fired] = await local.reader.ended('nightly', 1)
  expect(fired?.run).toMatchObject({ status: 'SUCCEEDED', trigger: { type: 'schedule' } })
  const date = fired?.run.trigger.values['previousDate'] ?? ''
  expect(await dayOf(fired?.run.runId)).toMatchObject({ day: date, inputs: [], observations: 0 })

  const folderOfDay = `raw/${date.replaceAll('-', '/')}`
  const keys = [`${folderOfDay}/09/a.json`, `${folderOfDay}/21/b.json`, 'raw/2001/01/01/00/c.json']
  for (const [seed, Key] of keys.entries()) {
    await local.reader.s3.send(
      new PutObjectCommand({ Bucket: 'batchwise-input', Key, Body: fileOf(seed + 1) }),
    )
  }
  await local.reader.ended('access-points', 3)
  const bus = createRequestBus(local.aws.target, 'batchwise-local')
  await bus.send('Start Requested', { workflow: 'nightly', parameters: { day: date } })
  const runs = await local.reader.ended('nightly', 2)
  const byHand = runs.find(({ run }) => run.trigger.type === 'manual')
  expect(await dayOf(byHand?.run.runId)).toEqual({
    day: date,
    inputs: keys.slice(0, 2).map(key => `s3://batchwise-input/${key}`),
    ...expectedDay([fileOf(1), fileOf(2)]),
  })
  expect(local.problems).toEqual([])
})

it('neither runs nor is waited for with --once', async () => {
  const data = join(folder, 'data')
  threeDaysAgo(data)
  const places = ['--data', data, '--inbox', join(folder, 'inbox'), '--workflows', workflows]
  const command = batchwise(['local', '--example', '--once', '--port', '0', ...places])
  expect(await command.ended()).toBe(0)
  expect(command.output()).not.toMatch(/^nightly |fires late/m)
  expect(readdirSync(join(data, 'results'))).toEqual(['access-points'])
})

async function dayOf(runId: string | undefined): Promise<unknown> {
  return JSON.parse(await local.reader.text('batchwise-output', `nightly/${runId}/day.json`))
}
