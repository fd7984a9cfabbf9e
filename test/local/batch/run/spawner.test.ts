import { execFileSync, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { childrenOf, findByEnvironment } from '../../../../src/local/batch/run/process-tree.ts'
import type { ProcessExit, SpawnRequest } from '../../../../src/local/batch/run/spawn-message.ts'
import { Spawner } from '../../../../src/local/batch/run/spawner.ts'

const MAKE_PIPE = 'mkfifo'
const spawners: Spawner[] = []
afterEach(() => {
  for (const spawner of spawners.splice(0)) spawner.close()
})
const spawnerOf = () => {
  const spawner = new Spawner()
  spawners.push(spawner)
  return spawner
}

function spawnWith(
  spawner: Spawner,
  argv: readonly string[],
  environment: Readonly<Record<string, string>> = {},
) {
  const started = Promise.withResolvers<number>()
  const ended = Promise.withResolvers<ProcessExit | string>()
  const output: Buffer[] = []
  spawner.spawn(
    { argv, cwd: '/', environment: { PATH: '/usr/bin:/bin', ...environment } },
    {
      started: started.resolve,
      refused: ended.resolve,
      output: bytes => output.push(bytes),
      exited: ended.resolve,
    },
  )
  return { started: started.promise, ended: ended.promise, text: () => Buffer.concat(output).toString() }
}

it('hands on arguments and variables byte for byte, and nothing of its own environment', async () => {
  const words = ["it's", '$(id)', 'two\nlines', '"ü"', '']
  const { ended, text } = spawnWith(spawnerOf(), ['sh', '-c', 'printf "<%s>" "$@"; env', 'sh', ...words], {
    A: 'b\nc',
  })
  expect(await ended).toEqual({ code: 0, by: null })
  expect(text()).toContain(words.map(word => `<${word}>`).join(''))
  const rest = text().slice(text().lastIndexOf('>') + 1)
  expect(
    rest
      .split('\n')
      .filter(line => !/^(PWD|OLDPWD|_|SHLVL)=/.test(line))
      .sort(),
  ).toEqual(['', 'A=b', 'PATH=/usr/bin:/bin', 'c'])
})

it.each([
  ['a program that is not there', ['/no/such/program'], /ENOENT/],
  ['arguments that are too long', ['true', 'x'.repeat(3_000_000)], /E2BIG/],
])('tells that the system refuses %s, and goes on', async (_what, argv, reason) => {
  const spawner = spawnerOf()
  expect(await spawnWith(spawner, argv).ended).toMatch(reason)
  expect(await spawnWith(spawner, ['true']).ended).toEqual({ code: 0, by: null })
})

it('reports what it had started as killed when somebody kills its helper, and starts another', async () => {
  const spawner = spawnerOf()
  const variables = { ATTEMPT: randomUUID() }
  const before = new Set(childrenOf(process.pid))
  const { started, ended } = spawnWith(spawner, ['sleep', '60'], variables)
  const pid = await started
  const helper =
    childrenOf(process.pid).find(child => !before.has(child) && childrenOf(child).includes(pid)) ?? 0
  process.kill(helper, 'SIGKILL')
  expect(await ended).toEqual({ code: null, by: 'SIGKILL' })
  for (const stray of findByEnvironment(variables)) process.kill(stray, 'SIGKILL')
  expect(await spawnWith(spawner, ['false']).ended).toEqual({ code: 1, by: null })
})

it('needs no helper once it is closed', async () => {
  const spawner = spawnerOf()
  const before = new Set(childrenOf(process.pid))
  await spawnWith(spawner, ['true']).ended
  const [helper = 0] = childrenOf(process.pid).filter(child => !before.has(child))
  spawner.close()
  await expect.poll(() => childrenOf(process.pid)).not.toContain(helper)
})

it('ends with whoever started it, though nobody is left to read the output of a job', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'batchwise-spawner-'))
  const pipe = join(folder, 'pipe')
  execFileSync(MAKE_PIPE, [pipe])
  const helper = fork('src/local/batch/run/spawner-process.ts', [], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const end = once(helper, 'exit')
  try {
    helper.send({ id: 1, argv: ['true'], cwd: '/', environment: {}, pipe } satisfies SpawnRequest)
    helper.disconnect()
    const late = setTimeout(() => helper.kill('SIGKILL'), 5_000)
    expect(await end).toEqual([0, null])
    clearTimeout(late)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
