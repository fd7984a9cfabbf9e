import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { DeleteCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientTarget } from '../../src/aws/client-target.ts'
import { tableClient } from '../../src/aws/table-client.ts'
import { runKey } from '../../src/core/run/item-write.ts'
import { displayWidth } from '../../src/core/workflow/display-width.ts'
import { LOCAL_TABLE } from '../../src/local/stack/local-names.ts'
import { localCommand, type RunningCommand } from '../end-to-end/command.ts'
import { type Reader, readerOf } from '../end-to-end/local.ts'
import { plainText, runCommand, runOnTerminal, runUnread } from './run-command.ts'

const CTRL_C = '\x03'
const SHOW_CURSOR = '\u001b[?25h'

let folder: string
let local: RunningCommand & { readonly endpoint: string }
let reader: Reader
let stack: readonly string[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwise-terminal-'))
  local = await localCommand(folder, ['--workflows', 'test/cli/workflows/command'])
  reader = readerOf(local.endpoint)
  stack = ['--data', join(folder, 'data')]
})
afterAll(async () => {
  reader.close()
  local.child.kill('SIGKILL')
  await local.ended()
  await rm(folder, { recursive: true, force: true })
})

/** A run whose first job waits for a file to appear. */
async function waiting(go: string): Promise<string> {
  const args = ['start', 'waits', '--param', `go=${join(folder, go)}`, '--json', ...stack]
  return JSON.parse((await runCommand(args)).stdout).runId
}

const tooWide = (output: string, columns: number) =>
  plainText(output)
    .split('\n')
    .filter(line => displayWidth(line) > columns)

describe('batchwise watch', () => {
  it('draws a run within 40, 80 and 200 columns, each time in the same place', async () => {
    const runId = await waiting('all')
    const drawn: Promise<void>[] = []
    const watched = [40, 80, 200].map(async columns => {
      const { promise, resolve } = Promise.withResolvers<void>()
      drawn.push(promise)
      const onOutput = (stdout: string) => stdout.includes('RUNNING') && resolve()
      const { code, stdout } = await runOnTerminal(['watch', runId, ...stack], { columns, onOutput })
      return { columns, code, stdout }
    })
    await Promise.all(drawn)
    await writeFile(join(folder, 'all'), '')
    for (const { columns, code, stdout } of await Promise.all(watched)) {
      expect(code).toBe(0)
      expect(tooWide(stdout, columns)).toEqual([])
      expect(stdout.split('\u001b[J').length).toBeGreaterThan(2)
      expect(stdout.endsWith(SHOW_CURSOR)).toBe(true)
      expect(plainText(stdout)).toMatch(/waits {2}SUCCEEDED/)
    }
  })

  it('leaves the run alone and the terminal as it was at Ctrl-C', async () => {
    const runId = await waiting('left')
    const { code, stdout } = await runOnTerminal(['watch', runId, ...stack], {
      columns: 80,
      answers: [['wait', CTRL_C]],
    })
    expect(code).toBe(130)
    expect(stdout).toContain(SHOW_CURSOR)
    const { run } = JSON.parse((await runCommand(['show', runId, '--json', ...stack])).stdout)
    expect(run.status).toBe('RUNNING')
    await writeFile(join(folder, 'left'), '')
  })
})

describe('a question', () => {
  it.each([40, 80, 200])('is asked on %i columns, and Ctrl-C is a no', async columns => {
    const runId = await waiting(`asked-${columns}`)
    const { code, stdout } = await runOnTerminal(['cancel', runId, ...stack], {
      columns,
      answers: [['[y/N]', CTRL_C]],
    })
    expect({ code, text: plainText(stdout) }).toEqual({
      code: 0,
      text: expect.stringContaining('Nothing was changed.'),
    })
    await writeFile(join(folder, `asked-${columns}`), '')
    expect((await runCommand(['watch', runId, ...stack])).code).toBe(0)
  })

  it.each([40, 80, 200])('of init on %i columns writes nothing at Ctrl-C', async columns => {
    const dir = join(folder, `init-${columns}`)
    const { code } = await runOnTerminal(['init', dir], {
      columns,
      answers: [
        ['Name', 'pages\r'],
        ['Keys', CTRL_C],
      ],
    })
    expect(code).toBe(130)
    expect((await runCommand(['validate', join(dir, 'workflows')])).stderr).toContain('cannot be read')
  })
})

describe('batchwise backfill', () => {
  const prefix = 's3://batchwise-input/steps/'
  const keys = ['steps/1.txt', 'steps/2.txt', 'steps/3.txt']

  it('draws its bar within 40 columns, stops at Ctrl-C, and the same command goes on', async () => {
    const s3 = new S3Client({ ...clientTarget(local.endpoint, 'us-east-1'), forcePathStyle: true })
    for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket: 'batchwise-input', Key, Body: Key }))
    s3.destroy()
    await reader.ended('steps', keys.length)
    await forgetRuns()
    const first = await runOnTerminal(['backfill', prefix, '--rate', '1/h', ...stack], {
      columns: 40,
      answers: [['0 of 3, started 0', CTRL_C]],
    })
    expect(first.code).toBe(130)
    const text = plainText(first.stdout)
    expect(text).toMatch(/█*░+ 0 of 3, started 0\n/)
    expect(tooWide(text.split('3 objects')[0] ?? '', 40)).toEqual([])
    expect(text).toMatch(/asked for 1, had 0 already\.\nInterrupted\. The same command goes on from here\.\n/)
    const again = await runOnTerminal(['backfill', prefix, '--rate', '100/s', ...stack], { columns: 40 })
    expect(again.code).toBe(0)
    expect(plainText(again.stdout)).toMatch(/asked for 2, had 1 already\./)
    expect(await reader.ended('steps', keys.length)).toHaveLength(keys.length)
  })
})

/** Takes the runs of the objects out of the table, as their TTL does. */
async function forgetRuns(): Promise<void> {
  const client = tableClient(clientTarget(local.endpoint, 'us-east-1'))
  for (const { run, jobs } of await reader.runs('steps')) {
    const { pk } = runKey(run.runId)
    for (const sk of ['run', ...jobs.map(({ job }) => `job#${job}`)])
      await client.send(new DeleteCommand({ TableName: LOCAL_TABLE, Key: { pk, sk } }))
  }
  client.destroy()
}

describe('output that nobody reads', () => {
  it('ends every command that prints much quietly', async () => {
    const runId = await waiting('unread')
    const commands = [
      ['show', runId],
      ['show', runId, '--json'],
      ['watch', runId],
      ['jobs'],
      ['alerts'],
      ['doctor'],
      ['graph', runId],
      ['backfill', 's3://batchwise-input/', '--dry-run'],
    ]
    const ended = await Promise.all(commands.map(args => runUnread([...args, ...stack])))
    await writeFile(join(folder, 'unread'), '')
    expect(ended).toEqual(commands.map(() => ({ code: 0, stderr: '' })))
    const offline = [['plan', 'access-points'], ['completion', 'bash'], ['--help'], ['runs', '--help']]
    expect(await Promise.all(offline.map(args => runUnread(args)))).toEqual(
      offline.map(() => ({ code: 0, stderr: '' })),
    )
  })
})
