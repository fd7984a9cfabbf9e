import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { localCommand, type RunningCommand } from '../end-to-end/command.ts'
import { runCommand } from './run-command.ts'

let folder: string
let local: RunningCommand | undefined
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwise-current-'))
})
afterEach(async () => {
  await stop()
  await rm(folder, { recursive: true, force: true })
})

async function stop(): Promise<void> {
  local?.child.kill('SIGKILL')
  await local?.ended()
}

it('goes on with a run by the workflow as it is now: unchanged jobs keep their results', async () => {
  const workflows = join(folder, 'workflows')
  const stack = ['--data', join(folder, 'data')]
  await cp('test/cli/workflows/command', workflows, { recursive: true })
  local = await localCommand(folder, ['--workflows', workflows])
  const failed = await runCommand(['start', 'breaks', '--wait', ...stack])
  const [, runId = ''] = /run (\w{26}) +FAILED/.exec(failed.stdout) ?? []
  await stop()

  const file = join(workflows, 'breaks.yaml')
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace('exit "$CODE"', 'exit 0'))
  local = await localCommand(folder, ['--workflows', workflows])
  const again = ['retry', runId, '--yes', '--wait', ...stack]
  expect(await runCommand(again), 'by its own definition it fails again').toMatchObject({ code: 1 })
  const mended = await runCommand([...again, '--with-current-definition'])
  expect(mended).toMatchObject({ code: 0, stderr: '' })
  expect(mended.stdout).toMatch(/^Submits again: second, third\nKeeps: first\n/)
  const { stdout } = await runCommand(['show', runId, '--json', ...stack])
  const { run, jobs } = JSON.parse(stdout)
  expect(run).toMatchObject({ status: 'SUCCEEDED', epoch: 3 })
  // Whether the last one was submitted before the middle one had failed is a matter of milliseconds.
  const submissions = Object.fromEntries(
    jobs.map(({ job, submission }: { job: string; submission: number }) => [job, submission]),
  )
  expect(submissions).toMatchObject({ first: 1, second: 3 })
})
