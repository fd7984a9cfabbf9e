import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { displayWidth } from '../../src/core/workflow/display-width.ts'
import { localCommand, type RunningCommand } from '../end-to-end/command.ts'
import { plainText, runCommand, runOnTerminal, runUnread } from './run-command.ts'

let folder: string
let local: RunningCommand
let stack: readonly string[]
let good: string
let bad: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwise-reading-'))
  local = await localCommand(folder, ['--workflows', 'test/cli/workflows/command'])
  stack = ['--data', join(folder, 'data')]
  const [steps, breaks] = await Promise.all([
    runCommand(['start', 'steps', '--param', 'word=ü', '--wait', '--json', ...stack]),
    runCommand(['start', 'breaks', '--wait', ...stack]),
  ])
  expect({ steps: steps.code, breaks: breaks.code }, breaks.stderr).toEqual({ steps: 0, breaks: 1 })
  good = JSON.parse(steps.stdout.trim().split('\n').at(-1) ?? '').run.runId
  bad = /run (\w{26}) +FAILED/.exec(breaks.stdout)?.[1] ?? ''
})
afterAll(async () => {
  local.child.kill('SIGKILL')
  await local.ended()
  await rm(folder, { recursive: true, force: true })
})

const json = async (...args: readonly string[]) => {
  const { code, stdout, stderr } = await runCommand([...args, '--json', ...stack])
  expect(stderr).toBe('')
  expect(code).toBe(0)
  return JSON.parse(stdout)
}

describe.concurrent('batchwise runs', () => {
  it('lists runs by workflow and status, with the shape that is documented', async () => {
    const { runs, next } = await json('runs', '--status', 'failed', '--workflow', 'breaks', '--since', '1h')
    expect(next).toBeNull()
    expect(runs).toEqual([
      {
        runId: bad,
        workflow: 'breaks',
        status: 'FAILED',
        epoch: 1,
        createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
        finishedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        trigger: { type: 'manual' },
        parameters: { code: '3' },
      },
    ])
  })

  it('goes on after a page', async () => {
    const first = await json('runs', '--limit', '1')
    const second = await json('runs', '--limit', '1', '--after', first.next.slice(0, 8))
    expect([first.runs[0].runId, second.runs[0].runId].sort()).toEqual([good, bad].sort())
    expect(second.next).toBeNull()
  })

  it('ends quietly when nobody reads what it prints', async () => {
    expect(await runUnread(['runs', ...stack])).toEqual({ code: 0, stderr: '' })
  })
})

describe.concurrent('batchwise show', () => {
  it('tells the jobs of a failed run, why, and what to do next', async () => {
    const { code, stdout } = await runCommand(['show', bad.slice(0, 6), '--utc', ...stack])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^breaks {2}FAILED\n/)
    expect(stdout).toMatch(/created +\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ, took /)
    expect(stdout).toMatch(/first +SUCCEEDED +1 /)
    expect(stdout).toMatch(/second +FAILED +1 .*exit code 3\n/)
    expect(stdout).toMatch(/third +SKIPPED\n/)
    expect(stdout).toMatch(/second +░*█+\n/)
    expect(stdout).toContain(`batchwise logs ${bad.slice(0, 8)} second`)
  })

  it('counts the children of an array and gives times to programs', async () => {
    const { run, jobs, vcpuHours, reclaimedMinutes } = await json('show', good)
    expect(run).toMatchObject({ status: 'SUCCEEDED', output: `s3://batchwise-output/steps/${good}` })
    expect(jobs.map(({ job }: { job: string }) => job)).toEqual(['say', 'each', 'last'])
    expect(jobs[1].array).toEqual({ size: 3, counts: expect.objectContaining({ SUCCEEDED: 3 }) })
    expect(Date.parse(jobs[0].startedAt)).toBeLessThanOrEqual(Date.parse(jobs[0].stoppedAt))
    expect(vcpuHours).toBeGreaterThanOrEqual(0)
    expect(reclaimedMinutes).toBe(0)
  })
})

describe.concurrent('batchwise logs', () => {
  it.each([
    [
      'the last lines of the job that failed',
      () => [bad],
      'before\n\u001b]0;title\u0007\u001b[31mred\u001b[0m\n',
    ],
    ['a job', () => [good, 'say'], 'ü\n'],
    ['a child', () => [good, 'each:2'], 'child 2 of each\n'],
    ['an attempt', () => [good, 'say', '--attempt', '1', '--tail', '1'], 'ü\n'],
    ['a job that has ended, when followed', () => [good, 'say', '--follow'], 'ü\n'],
  ])('prints %s', async (_title, args, ending) => {
    const { code, stdout, stderr } = await runCommand(['logs', ...args(), ...stack])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout.endsWith(ending), JSON.stringify(stdout)).toBe(true)
  })

  it.each([
    ['third', 1, 'Job third was SKIPPED and never ran.'],
    ['second:1', 2, 'second is not an array. Leave ":1" out.'],
  ])('tells at once why there is no log of %s', async (job, exit, message) => {
    for (const follow of [[], ['--follow']]) {
      const { code, stderr } = await runCommand(['logs', bad, job, ...follow, ...stack])
      expect({ code, stderr }).toEqual({ code: exit, stderr: `batchwise: ${message}\n` })
    }
  })

  it('lets no line of a job steer the terminal', async () => {
    const { stdout } = await runOnTerminal(['logs', bad, 'second', ...stack], { columns: 80 })
    expect(stdout).toContain('\\x1b]0;title\\x07\u001b[31mred')
    expect(stdout).not.toContain('\u001b]0;')
  })
})

describe.concurrent('batchwise jobs', () => {
  it('lists what the queues hold', async () => {
    const { jobs } = await json('jobs', '--queue', 'default', '--status', 'succeeded')
    const each = jobs.find(({ jobName }: { jobName: string }) => jobName.includes('_each_'))
    expect(each).toMatchObject({ queue: 'default', status: 'SUCCEEDED', array: { size: 3 } })
    expect(jobs).toHaveLength(4)
  })
})

describe.concurrent('batchwise graph', () => {
  it('draws a run with the status of its jobs', async () => {
    const { stdout } = await runCommand(['graph', bad.slice(0, 5), ...stack])
    expect(stdout).toBe('●      first  (SUCCEEDED)\n└─●    second  (FAILED)\n  └─●  third  (SKIPPED)\n')
  })
})

describe.concurrent('on a terminal', () => {
  it.each([40, 80, 200])('fits everything into %i columns', async columns => {
    const outputs = await Promise.all([
      runOnTerminal(['runs', ...stack], { columns }),
      runOnTerminal(['show', bad, ...stack], { columns }),
    ])
    for (const { code, stdout } of outputs) {
      expect(code).toBe(0)
      expect(stdout).toContain('\u001b[')
      const lines = plainText(stdout).split('\n')
      expect(lines.filter(line => displayWidth(line) > columns)).toEqual([])
      expect(lines.some(line => line.includes('FAILED'))).toBe(true)
    }
  })

  it('uses no colour with NO_COLOR', async () => {
    const { stdout } = await runOnTerminal(['runs', ...stack], { columns: 80, env: { NO_COLOR: '1' } })
    expect(stdout).not.toContain('\u001b[')
  })
})

describe.concurrent('a run that cannot be shown', () => {
  it('is told in one line, with 2', async () => {
    const ended = await runCommand(['show', 'zzzzzzzz', ...stack])
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(/^batchwise: There is no run "zzzzzzzz" in local mode on http.*\n$/)
  })

  it('names the jobs of a run when one is mistyped', async () => {
    const { code, stderr } = await runCommand(['logs', good, 'eech', ...stack])
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `batchwise: Run ${good} has no job "eech". Did you mean "each"?\n`,
    })
  })
})
