import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, it } from 'vitest'

it.each([
  ['SIGINT', 'SIGINT'],
  ['SIGTERM', 'SIGINT'],
  ['SIGINT', 'SIGTERM'],
] as const)('after %s the next %s ends the process at once', async (first, second) => {
  const child = spawn(process.execPath, ['test/cli/local/stop-signal-child.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  expect((await lines.next()).value).toBe('ready')
  child.kill(first)
  expect((await lines.next()).value).toBe('stopping')
  child.kill(second)
  expect(await ended).toEqual([null, second])
})
