import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, it } from 'vitest'
import { openQueues, temporaryFolder } from './local-sqs.ts'

/** Runs the child until it has said so many lines, kills it with SIGKILL, and returns all it said. */
async function killedAfter(lines: number, folder: string): Promise<readonly (readonly string[])[]> {
  const script = join(import.meta.dirname, 'crash-child.ts')
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const said: string[][] = []
  for await (const line of createInterface(child.stdout)) {
    said.push(line.split(' '))
    if (said.length === lines) child.kill('SIGKILL')
  }
  expect(await exited).toEqual([null, 'SIGKILL'])
  return said
}

const bodiesOf = (said: readonly (readonly string[])[], word: string) =>
  said.filter(line => line[0] === word && line.length === 2).map(([, body]) => body ?? '')

it.each([1, 50, 777, 3001])(
  'loses nothing sent and brings back nothing deleted, killed after %i lines',
  async lines => {
    using folder = temporaryFolder()
    const said = await killedAfter(lines, folder.path)
    const { queues } = openQueues(folder.path, () => Date.now() + 1000)
    const left = new Set(queues.receive('jobs', Number.POSITIVE_INFINITY).map(message => message.body))
    const unsure = new Set(bodiesOf(said, 'deleting'))
    expect(bodiesOf(said, 'deleted').filter(body => left.has(body))).toEqual([])
    expect(bodiesOf(said, 'sent').filter(body => !left.has(body) && !unsure.has(body))).toEqual([])
  },
)
