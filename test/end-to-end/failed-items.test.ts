import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '../cli/run-command.ts'
import { localCommand, type RunningCommand } from './command.ts'
import { type Reader, readerOf } from './local.ts'

/** A child notes its item, and fails while the file `bad` names it. */
const WORK =
  'item=$(echo "$BATCHWISE_ITEMS" | sed -n "$((AWS_BATCH_JOB_ARRAY_INDEX + 1))p"); echo "$item" >> "$PLACE/done"; ! grep -qxF "$item" "$PLACE/bad"'
const WORKFLOW = `workflow: heal
parameters: { place: { type: string, default: none } }
defaults: { timeout: 1m, environment: { PLACE: "\${parameters.place}" } }
jobs:
  write: { image: tool, command: [cp, "\${parameters.place}/list", list], vcpu: 0.25, memory: 512MiB }
  shard: { image: tool, command: [sh, -c, '${WORK}'], array: { objects: "s3://\${stack.inputBucket}/shards/" }, tolerate: 1, dependsOn: [write], vcpu: 0.25, memory: 512MiB }
  join: { image: tool, command: ["true"], dependsOn: [shard], vcpu: 0.25, memory: 512MiB }
`

const folder = mkdtempSync(join(tmpdir(), 'batchwise-heal-'))
let local: RunningCommand
let reader: Reader
beforeAll(async () => {
  mkdirSync(join(folder, 'workflows'))
  writeFileSync(join(folder, 'workflows', 'heal.yaml'), WORKFLOW)
  const started = await localCommand(folder, ['--workflows', join(folder, 'workflows')])
  local = started
  reader = readerOf(started.endpoint)
})
afterAll(async () => {
  reader.close()
  local.child.kill('SIGKILL')
  await local.ended()
  rmSync(folder, { recursive: true, force: true })
})

const put = (Key: string, Body: string) =>
  reader.s3.send(new PutObjectCommand({ Bucket: 'batchwise-input', Key, Body }))

describe('batchwise retry', () => {
  const place = folder
  const items = ['a', 'b', 'c', 'd', 'e'].map(name => `s3://batchwise-input/shards/${name}`)
  const bad = (...names: readonly string[]) =>
    writeFileSync(
      join(place, 'bad'),
      items.filter((_item, index) => names.includes('abcde'[index] ?? '')).join('\n'),
    )
  /** What ran since this was asked for last. */
  const done = () => {
    const lines = readFileSync(join(place, 'done'), 'utf8').trimEnd().split('\n')
    writeFileSync(join(place, 'done'), '')
    return lines.map(line => line.slice(-1)).sort()
  }
  const run = async (...args: readonly string[]) => {
    const { stdout, stderr } = await runCommand([...args, '--data', join(folder, 'data')])
    expect(stderr).toBe('')
    return stdout
  }

  it('submits only the items that failed, with a container that knows nothing of it', async () => {
    writeFileSync(join(place, 'list'), '')
    for (const item of items) await put(item.slice('s3://batchwise-input/'.length), 'x')
    bad('b', 'd', 'e')
    const { runId } = JSON.parse(await run('start', 'heal', '--param', `place=${place}`, '--json'))
    expect((await run('watch', runId)).split('\n').at(-2)).toContain('FAILED')
    expect(done()).toEqual(['a', 'b', 'c', 'd', 'e'])

    bad('d', 'e')
    const second = await run('retry', runId, '--yes', '--wait')
    expect(second).toMatch(/^Submits again: shard \(3 of 5 items\), join\nKeeps: write\n/)
    expect(done()).toEqual(['b', 'd', 'e'])

    const shown = await run('show', runId, '--json')
    expect(JSON.parse(shown).jobs[1]).toMatchObject({
      ...{ job: 'shard', status: 'FAILED', submission: 2 },
      failedItems: { count: 2, of: 5, indexes: '3-4' },
      part: { of: 5, indexes: '1,3-4' },
    })
    expect(await run('show', runId)).toContain('2 of 5 failed: 3-4; 3 of 5 items, submission 2')

    bad('e')
    await run('retry', runId, '--yes', '--wait')
    expect(done()).toEqual(['d', 'e'])
    const [tolerated] = await reader.ended('heal', 1)
    expect(tolerated?.run).toMatchObject({ status: 'SUCCEEDED', epoch: 3 })

    bad()
    const last = await run('retry', runId, '--failed-items', '--yes', '--json')
    expect(JSON.parse(last)).toMatchObject({
      submitted: ['shard', 'join'],
      items: { shard: { failed: 1, of: 5 } },
    })
    await run('watch', runId)
    expect(done()).toEqual(['e'])
    expect(await run('show', runId)).toMatch(/shard +SUCCEEDED .*1 of 5 items, submission 4\n/)
    const child = await runCommand(['logs', runId, 'shard:1', '--data', join(folder, 'data')])
    expect(child).toMatchObject({ code: 2, stdout: '' })
    expect(child.stderr).toMatch(/submission 4 was only of item 4 of 5/)
    const [healed] = await reader.ended('heal', 1)
    expect(healed?.run).toMatchObject({ status: 'SUCCEEDED', epoch: 4 })
    expect(healed?.jobs.map(({ job, state, submission }) => `${job} ${state} ${submission}`).sort()).toEqual([
      'join SUCCEEDED 2',
      'shard SUCCEEDED 4',
      'write SUCCEEDED 1',
    ])
  })
})
