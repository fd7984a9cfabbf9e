import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { entriesFrom } from '../../../src/local/logs/log-file.ts'
import { LogStore } from '../../../src/local/logs/log-store.ts'

const now = () => 5

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'log-store-'))
  onTestFinished(() => rm(path, { recursive: true }))
  return path
}

async function messagesIn(store: LogStore, group: string, stream: string): Promise<readonly string[]> {
  const file = store.stream(group, stream)?.file ?? ''
  const messages: string[] = []
  for await (const { message } of entriesFrom(file, 0)) messages.push(message)
  return messages
}

it('finds groups, streams and lines again', async () => {
  const path = await folder()
  const before = new LogStore(path, now)
  before.createGroup('empty')
  before.createStream('g', 'no lines')
  before.write('g', 's', 1, 'a')
  before.flush()
  const after = new LogStore(path, () => 9)
  expect([...after.groups.keys()]).toEqual(['empty', 'g'])
  expect(
    [...(after.groups.get('g')?.streams.values() ?? [])].map(each => [each.name, each.createdAt]),
  ).toEqual([
    ['no lines', 5],
    ['s', 5],
  ])
  after.write('g', 's', 2, 'b')
  after.flush()
  expect(await messagesIn(after, 'g', 's')).toEqual(['a', 'b'])
})

it('drops what a kill has torn, in a stream and in the index', async () => {
  const path = await folder()
  const before = new LogStore(path, now)
  before.write('g', 's', 1, 'a')
  before.flush()
  for (const name of await readdir(path)) await appendFile(join(path, name), '[1,2,"to')
  const after = new LogStore(path, now)
  after.write('g', 's', 2, 'b')
  after.write('g', 't', 2, 'c')
  after.flush()
  expect(await messagesIn(after, 'g', 's')).toEqual(['a', 'b'])
  expect([...(new LogStore(path, now).groups.get('g')?.streams.keys() ?? [])]).toEqual(['s', 't'])
})

it('writes of its own accord, soon', async () => {
  const path = await folder()
  const store = new LogStore(path, now)
  store.write('g', 's', 1, 'a')
  await expect.poll(() => messagesIn(store, 'g', 's')).toEqual(['a'])
})

it('writes at once when much is waiting', async () => {
  const path = await folder()
  const store = new LogStore(path, now)
  store.write('g', 's', 1, 'x'.repeat(1_100_000))
  const file = store.stream('g', 's')?.file ?? ''
  expect((await readFile(file)).length).toBeGreaterThan(1_100_000)
})

it('keeps what was flushed when the process is killed', async () => {
  const path = await folder()
  const source = new URL('../../../src/local/logs/log-store.ts', import.meta.url).href
  const program = `
    import { LogStore } from ${JSON.stringify(source)}
    const store = new LogStore(${JSON.stringify(path)}, () => 5)
    for (let at = 0; at < 1000; at++) store.write('g', 's', at, 'line ' + at)
    store.flush()
    store.write('g', 's', 1000, 'not flushed')
    process.kill(process.pid, 'SIGKILL')`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program])
  const [, signal] = await once(child, 'exit')
  expect(signal).toBe('SIGKILL')
  expect(await messagesIn(new LogStore(path, now), 'g', 's')).toHaveLength(1000)
})
