import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientTarget } from '../../src/aws/client-target.ts'
import { localCommand, type RunningCommand } from '../end-to-end/command.ts'
import { plainText, runCommand, runOnTerminal } from './run-command.ts'

let folder: string
let local: RunningCommand & { readonly endpoint: string }
let s3: S3Client
let stack: readonly string[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwise-changing-'))
  local = await localCommand(folder, ['--workflows', 'test/cli/workflows/command'])
  stack = ['--data', join(folder, 'data')]
  s3 = new S3Client({ ...clientTarget(local.endpoint, 'us-east-1'), forcePathStyle: true })
})
afterAll(async () => {
  s3.destroy()
  local.child.kill('SIGKILL')
  await local.ended()
  await rm(folder, { recursive: true, force: true })
})

/** Starts a run, waits for its end, and gives its id. */
async function ended(...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await runCommand(['start', ...args, '--wait', ...stack])
  const [, runId] = /run (\w{26}) +(?:SUCCEEDED|FAILED)/.exec(stdout) ?? []
  if (runId === undefined) throw new Error(stdout + stderr)
  return runId
}

async function started(...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await runCommand(['start', ...args, '--json', ...stack])
  expect(stderr).toBe('')
  return JSON.parse(stdout).runId
}

/** Resolves when the first job of a run of `waits` runs. */
async function running(runId: string): Promise<void> {
  for (;;) {
    const { wait } = await jobsOf(runId)
    if (wait?.startsWith('RUNNING')) return
  }
}

/** The run that gathers objects for a workflow. */
async function collecting(workflow: string): Promise<string> {
  for (;;) {
    const args = ['runs', '--workflow', workflow, '--status', 'COLLECTING', '--json', ...stack]
    const [run] = JSON.parse((await runCommand(args)).stdout).runs
    if (run !== undefined) return run.runId
  }
}

async function jobsOf(runId: string): Promise<Readonly<Record<string, string>>> {
  const { stdout } = await runCommand(['show', runId, '--json', ...stack])
  const { jobs } = JSON.parse(stdout) as {
    jobs: readonly { job: string; status: string; submission: number }[]
  }
  return Object.fromEntries(jobs.map(({ job, status, submission }) => [job, `${status} ${submission}`]))
}

describe.concurrent('batchwise start', () => {
  it.each([
    ['an unknown workflow', ['step'], /There is no workflow "step"\. Did you mean "steps"\?/],
    [
      'a workflow whose file local mode has not read',
      ['failing', '--workflows', 'test/cli/workflows/failing'],
      /it is in test\/cli\/workflows\/failing\/\S+, but local mode read its files at its start/,
    ],
    ['a missing parameter', ['waits'], /The parameter `go` is missing/],
    ['a parameter of another type', ['steps', '--param', 'count=x'], /`count` is "x"\. Give it a number/],
    ['an unknown parameter', ['steps', '--param', 'wort=x'], /no parameter `wort`\. Did you mean `word`\?/],
    ['a parameter without =', ['steps', '--param', 'word'], /Write it as name=value/],
    [
      'no object where one is looked up',
      ['lines'],
      /"trigger\.uri" has no value here\. Name the object with --obj/,
    ],
    [
      'an empty argument',
      ['nightly', '--param', 'day='],
      /is empty once its look-ups.*leave it out\.(?! Name)/,
    ],
    ['an object without key', ['steps', '--object', 's3://bucket'], /s3:\/\/bucket\/key/],
  ])('refuses %s before anything is sent', async (_title, args, message) => {
    const { code, stdout, stderr } = await runCommand(['start', ...args, ...stack])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(message)
  })

  it('gives a run the object and its captures', async () => {
    const runId = await ended('steps', '--object', 's3://batchwise-input/steps/a b+c.txt')
    const { stdout } = await runCommand(['show', runId, '--json', ...stack])
    expect(JSON.parse(stdout).run.trigger).toMatchObject({ key: 'steps/a b+c.txt', name: 'a b+c' })
  })
})

describe.concurrent('batchwise retry', () => {
  it('runs again what failed and what stands on it, with other parameters', async () => {
    const runId = await ended('breaks')
    const args = ['retry', runId.slice(0, 10), '--set', 'code=0', '--yes', '--wait', ...stack]
    const { code, stdout } = await runCommand(args)
    expect(stdout).toMatch(/^Submits again: second, third\nKeeps: first\n/)
    expect(code).toBe(0)
    expect(await jobsOf(runId)).toEqual({
      first: 'SUCCEEDED 1',
      second: 'SUCCEEDED 2',
      third: expect.stringMatching(/^SUCCEEDED/),
    })
  })

  it('runs again from a job that succeeded', async () => {
    const runId = await ended('steps')
    const { stdout } = await runCommand(['retry', runId, '--from', 'each', '--yes', '--wait', ...stack])
    expect(stdout).toMatch(/^Submits again: each, last\nKeeps: say\n/)
    expect(await jobsOf(runId)).toEqual({ say: 'SUCCEEDED 1', each: 'SUCCEEDED 2', last: 'SUCCEEDED 2' })
  })

  it('refuses what makes no sense, and asks nobody where there is no terminal', async () => {
    const runId = await ended('steps')
    const refused = await Promise.all(
      [[], ['--from', 'eech'], ['--from', 'each']].map(args =>
        runCommand(['retry', runId, ...args, ...stack]),
      ),
    )
    expect(refused.map(({ code }) => code)).toEqual([2, 2, 2])
    expect(refused.map(({ stderr }) => stderr)).toEqual([
      expect.stringMatching(/is SUCCEEDED: no job would run again/),
      expect.stringMatching(/has no job "eech"\. Did you mean "each"\?/),
      expect.stringMatching(/no terminal to ask on\. Say yes beforehand with --yes/),
    ])
  })
})

describe.concurrent('batchwise cancel', () => {
  it('stops a run that a person says yes to, which watch follows to its end', async () => {
    const runId = await started('waits', '--param', 'go=/nowhere')
    const watch = runOnTerminal(['watch', runId, ...stack], { columns: 60 })
    await running(runId)
    const cancel = await runOnTerminal(['cancel', runId, ...stack], {
      columns: 80,
      answers: [['[y/N]', 'y\r']],
    })
    expect(plainText(cancel.stdout)).toMatch(/Stops in AWS Batch: wait/)
    expect(plainText(cancel.stdout)).toMatch(/is CANCELL(ING|ED)\./)
    expect(cancel.code).toBe(0)
    const { code, stdout } = await watch
    expect(code).toBe(1)
    expect(plainText(stdout)).toMatch(/waits {2}CANCELLED/)
    const again = await runCommand(['cancel', runId, '--yes', ...stack])
    expect(again.stderr).toMatch(/is CANCELLED since \d{4}.*There is nothing to cancel\./)
    expect(again.code).toBe(2)
  })

  it('changes nothing for any other answer, and says of a live run that it cannot be retried', async () => {
    const runId = await started('waits', '--param', `go=${join(folder, 'later')}`)
    const { stdout, code } = await runOnTerminal(['cancel', runId, ...stack], {
      columns: 80,
      answers: [['[y/N]', '\r']],
    })
    expect(plainText(stdout)).toContain('Nothing was changed.')
    expect(code).toBe(0)
    const retry = await runCommand(['retry', runId, '--yes', ...stack])
    expect(retry.stderr).toMatch(/is RUNNING, created \d{4}/)
    expect(retry.code).toBe(2)
    await writeFile(join(folder, 'later'), '')
  })
})

describe.concurrent('batchwise cancel of a run that waits', () => {
  it('takes a run out of the queue of its limit, without a job', async () => {
    const first = await started('one-by-one', '--param', `go=${join(folder, 'first')}`)
    await running(first)
    const second = await started('one-by-one', '--param', 'go=/nowhere')
    const { code, stdout } = await runCommand(['cancel', second, '--yes', ...stack])
    expect(stdout).toMatch(/^It waits for its turn, and gives it up\.\nNever submits: wait\n/)
    expect(stdout).toMatch(/is CANCELL(ING|ED)\.\n$/)
    expect(code).toBe(0)
    await writeFile(join(folder, 'first'), '')
    expect((await runCommand(['watch', first, ...stack])).code).toBe(0)
    expect((await runCommand(['watch', second, ...stack])).code).toBe(1)
    expect(await jobsOf(second)).toEqual({ wait: 'CANCELLED 1' })
  })

  it('gives up a set that still gathers, which a retry runs with what has come', async () => {
    const Key = 'pairs/a_left.txt'
    await s3.send(new PutObjectCommand({ Bucket: 'batchwise-input', Key, Body: Key }))
    const runId = await collecting('pairs')
    const cancelled = await runCommand(['cancel', runId, '--yes', '--json', ...stack])
    expect(JSON.parse(cancelled.stdout)).toEqual({
      runId,
      status: expect.stringMatching(/^CANCELL(ING|ED)$/),
    })
    expect((await runCommand(['watch', runId, ...stack])).code).toBe(1)
    const retry = await runCommand(['retry', runId, '--yes', '--wait', ...stack])
    expect(retry.stdout).toMatch(/^Submits again: both\n/)
    expect(retry.code).toBe(0)
    const logs = await runCommand(['logs', runId, 'both', ...stack])
    expect(logs.stdout).toMatch(new RegExp(`/pairs/${runId}/_batchwise/\\w+/objects.jsonl`))
  })
})

describe.concurrent('batchwise watch and logs --follow', () => {
  it('follow a run to its end, as lines where there is no terminal', async () => {
    const go = join(folder, 'go')
    const runId = await started('waits', '--param', `go=${go}`)
    const [watch, logs] = [
      runCommand(['watch', runId, ...stack]),
      runCommand(['logs', runId, 'wait', '--follow', ...stack]),
    ]
    await running(runId)
    await writeFile(go, '')
    expect((await logs).stdout).toMatch(/begun\nover\n$/)
    const { code, stdout } = await watch
    expect(code).toBe(0)
    expect(stdout).toMatch(/wait {2}SUCCEEDED\n/)
    expect(stdout).toMatch(/run \w{26} {2}SUCCEEDED\n$/)
  })
})
