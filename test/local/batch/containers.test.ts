import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { TerminateJobCommand } from '@aws-sdk/client-batch'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findContainerEngine } from '../../../src/local/batch/run/container-engine.ts'
import { requireContainerEngine } from '../../../src/local/stack/containers.ts'
import { LocalBatch } from './local-batch.ts'
import { furnish, register, submit, submitScript } from './local-batch-setup.ts'

// No container engine is needed: a program of our own stands for it, so what these tests show is what we ask of one.
let bin: string
let local: LocalBatch
beforeEach(async () => {
  bin = mkdtempSync(join(tmpdir(), 'engine-'))
  const docker = join(bin, 'docker')
  const program = fileURLToPath(new URL('./fake-engine.ts', import.meta.url))
  const script = `#!/bin/sh\nexec '${process.execPath}' '${program}' '${join(bin, 'state')}' "$@"\n`
  writeFileSync(docker, script, { mode: 0o755 })
  mkdirSync(join(bin, 'state'))
  local = await LocalBatch.open({ containers: docker, timeoutGrace: 5000 })
  await furnish(local)
})
afterEach(async () => {
  await local.close()
  rmSync(bin, { recursive: true, force: true })
})

/** The options that the engine was given for its containers; all of them have been removed again. */
function containers(): readonly (readonly string[])[] {
  const names = readdirSync(join(bin, 'state'))
  expect(names.filter(name => !name.endsWith('.removed'))).toEqual([])
  return names.map(name => JSON.parse(readFileSync(join(bin, 'state', name), 'utf8')).options)
}

const using = async (image: string, command: readonly string[] = ['true'], more: object = {}) =>
  register(local, {
    jobDefinitionName: image,
    containerProperties: { image, command: [...command], vcpus: 2, memory: 64, ...more },
  })

describe('a job whose image is present', () => {
  it('runs in a container with what it asked for, and reaches this AWS', async () => {
    await using('busybox', ['sh', '-c', 'echo "$WHO at $AWS_ENDPOINT_URL"; echo "home $HOME"'], {
      user: 'nobody',
      readonlyRootFilesystem: true,
    })
    const environment = [{ name: 'WHO', value: 'me\nand you' }]
    const jobId = await submit(local, { jobDefinition: 'busybox', containerOverrides: { environment } })
    expect(await local.ended(jobId)).toMatchObject({ status: 'SUCCEEDED', container: { exitCode: 0 } })
    expect(local.messages()).toEqual(['me', `and you at ${local.endpoint}`, 'home '])
    const [options = []] = containers()
    const pairs = options.map((word, at) => `${word} ${options[at + 1]}`)
    for (const pair of [
      '--network host',
      '--pull never',
      '--memory 64m',
      '--memory-swap 64m',
      '--cpu-shares 2048',
    ])
      expect(pairs).toContain(pair)
    for (const pair of ['--user nobody', `--env AWS_BATCH_JOB_ID=${jobId}`]) expect(pairs).toContain(pair)
    expect(options).toContain('--read-only')
    expect(options.filter(word => /^(PATH|HOME|LANG|TMPDIR)=/.test(word))).toEqual([])
  })

  it('fails with its exit code', async () => {
    await using('busybox', ['sh', '-c', 'exit 7'])
    const ended = await local.ended(await submit(local, { jobDefinition: 'busybox' }))
    expect(ended).toMatchObject({
      status: 'FAILED',
      statusReason: 'Essential container in task exited',
      container: { exitCode: 7 },
    })
  })

  it('fails as on AWS when its container cannot be started', async () => {
    await using('broken')
    const ended = await local.ended(await submit(local, { jobDefinition: 'broken' }))
    expect(ended).toMatchObject({
      status: 'FAILED',
      statusReason: 'Task failed to start',
      container: { reason: 'CannotStartContainerError: exec: not found' },
    })
  })

  it('fails as on AWS when the engine says that it ran out of memory', async () => {
    await using('hungry', ['sh', '-c', 'exit 137'])
    expect(await local.ended(await submit(local, { jobDefinition: 'hungry' }))).toMatchObject({
      status: 'FAILED',
      container: { exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' },
    })
  })

  it('gets SIGTERM when it is terminated', async () => {
    await using('busybox', [
      'sh',
      '-c',
      'trap "echo bye; exit 3" TERM; echo up; while :; do sleep 0.01; done',
    ])
    const jobId = await submit(local, { jobDefinition: 'busybox' })
    await local.line('up')
    await local.client.send(new TerminateJobCommand({ jobId, reason: 'enough' }))
    expect(await local.ended(jobId)).toMatchObject({ statusReason: 'enough', container: { exitCode: 3 } })
    expect(local.messages()).toContain('bye')
  })

  it('is killed when this AWS stops', async () => {
    await using('busybox', ['sh', '-c', 'trap "" TERM; echo up; sleep 60'])
    await submit(local, { jobDefinition: 'busybox' })
    await local.line('up')
    await local.close({ keep: true })
    expect(containers()).toHaveLength(1)
  })
})

it('runs a job as a process whose image is not present', async () => {
  await register(local, {
    containerProperties: { image: 'elsewhere/image:1', command: ['true'], vcpus: 1, memory: 64 },
  })
  await local.ended(await submitScript(local, 'echo "$HOME" | grep -c attempt-1'))
  expect(local.messages()).toEqual([
    'No container was used: nothing stands for the image elsewhere/image:1 here.',
    '1',
  ])
  expect(containers()).toEqual([])
})

it('removes at a start what an earlier life left behind', async () => {
  await using('busybox', ['sh', '-c', 'echo up; sleep 60'])
  await submit(local, { jobDefinition: 'busybox' })
  await local.line('up')
  const [left = ''] = readdirSync(join(bin, 'state'))
  const content = readFileSync(join(bin, 'state', left))
  await local.close({ keep: true })
  writeFileSync(join(bin, 'state', left), content)
  local = await LocalBatch.open({ containers: join(bin, 'docker') }, local.folder)
  expect(containers()).toHaveLength(1)
})

describe('an engine', () => {
  const path = process.env['PATH']
  beforeEach(() => {
    process.env['PATH'] = `${bin}:${path}`
  })
  afterEach(() => {
    process.env['PATH'] = path
  })

  it('is one whose info answers', () => expect(findContainerEngine()).toBe('docker'))

  it('is missed with the mend', () => {
    writeFileSync(join(bin, 'state', 'asleep'), '')
    writeFileSync(join(bin, 'podman'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
    expect(() => requireContainerEngine()).toThrow('leave --containers away')
  })
})
