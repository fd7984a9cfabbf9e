import { randomUUID } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { afterAll, describe, expect, it } from 'vitest'
import { AttemptProcess } from '../../../../src/local/batch/run/attempt-process.ts'
import { PROCESS_GROUP, probeIsolation } from '../../../../src/local/batch/run/isolation.ts'
import { findByEnvironment } from '../../../../src/local/batch/run/process-tree.ts'
import { Spawner } from '../../../../src/local/batch/run/spawner.ts'

const best = probeIsolation()
const spawner = new Spawner()
afterAll(() => spawner.close())

describe.each([
  ['a process group', PROCESS_GROUP],
  ['the best isolation there is', best],
])('in %s', (_title, isolation) => {
  function start(script: string) {
    const variables = { ATTEMPT: randomUUID() }
    const news = new EventEmitter()
    const lines: string[] = []
    const process = new AttemptProcess({
      argv: ['/bin/sh', '-c', script],
      cwd: '/',
      environment: { PATH: '/usr/bin:/bin', ...variables },
      variables,
      isolation,
      spawner,
      pipe: undefined,
      started: () => {},
      line: line => {
        lines.push(line)
        news.emit('line')
      },
    })
    return { process, variables, lines, news }
  }

  it.each([
    ['exit 0', 0],
    ['exit 3', 3],
    ['kill -TERM $$; exit 5', isolation.prefix.length > 0 ? 5 : 143],
    ['sh -c "kill -SEGV \\$\\$"', 139],
  ])('%s ends with %i', async (script, exitCode) => {
    expect(await start(script).process.ended).toMatchObject({ exitCode })
  })

  it('kills the whole tree, those that left their group too', async () => {
    const { process, variables, news } = start(
      '(setsid sh -c "trap \\"\\" TERM HUP; echo up; sleep 60" &); sleep 60',
    )
    await once(news, 'line')
    expect(findByEnvironment(variables).length).toBeGreaterThan(1)
    process.kill()
    expect(await process.ended).toMatchObject({ exitCode: 137 })
    await expect.poll(() => findByEnvironment(variables), { interval: 5 }).toEqual([])
  })

  it('ends with its main process, whoever still holds its output', async () => {
    const { process, variables, lines } = start('(setsid sleep 60 &); echo done')
    expect(await process.ended).toMatchObject({ exitCode: 0 })
    expect(lines).toEqual(['done'])
    await expect.poll(() => findByEnvironment(variables), { interval: 5 }).toEqual([])
  })

  it('is not hurt by a job that closes its output, or writes what is no text', async () => {
    const { process } = start('printf "\\377\\000\\n"; exec >&- 2>&-; exit 4')
    expect(await process.ended).toMatchObject({ exitCode: 4 })
  })
})
