import { DescribeJobsCommand, TerminateJobCommand } from '@aws-sdk/client-batch'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LocalBatch } from './local-batch.ts'
import { furnish, register, submit, submitScript } from './local-batch-setup.ts'

let local: LocalBatch
beforeEach(async () => {
  local = await LocalBatch.open({ timeoutGrace: 50, shortestTimeout: 1 })
  await furnish(local)
})
afterEach(() => local.close())

const terminate = (jobId: string) =>
  local.client.send(new TerminateJobCommand({ jobId, reason: 'enough of it' }))

describe('a job', () => {
  it('gets its arguments byte for byte and its output is logged line by line', async () => {
    const hostile = [
      'a b+c/ü:1.csv',
      '$(touch pwned)',
      '; rm -rf ~ #',
      '"quote\'',
      '--flag',
      'new\nline',
      'Ref: :x',
    ]
    const command = ['printf', '<%s>\\n', ...hostile]
    const ended = await local.ended(await submit(local, { containerOverrides: { command } }))
    expect(ended.status).toBe('SUCCEEDED')
    expect(local.messages().slice(1).join('\n')).toBe(hostile.map(text => `<${text}>`).join('\n'))
  })

  it('writes its log to the stream that its events name', async () => {
    const ended = await local.ended(
      await submitScript(local, 'echo out; echo err >&2; echo named > /dev/stderr'),
    )
    expect(local.messages().slice(1)).toEqual(['out', 'err', 'named'])
    expect(ended.container?.['logStreamName']).toMatch(/^shell\/default\/[0-9a-f]{32}$/)
    expect(new Set(local.lines.map(({ stream }) => stream))).toEqual(
      new Set([ended.container?.['logStreamName']]),
    )
  })

  it('loses no line written right before its end', async () => {
    await local.ended(await submitScript(local, 'seq 20000; printf last'))
    expect(local.messages().slice(1)).toHaveLength(20_001)
    expect(local.messages().at(-1)).toBe('last')
  })

  it('sees nothing of the host but PATH and LANG', async () => {
    process.env['HOST_SECRET'] = 'secret'
    process.env['AWS_PROFILE'] = 'host'
    const environment = [
      { name: 'MINE', value: 'yes' },
      { name: 'AWS_ENDPOINT_URL', value: 'http://elsewhere' },
    ]
    const jobId = await submit(local, { containerOverrides: { command: ['env'], environment } })
    await local.ended(jobId)
    delete process.env['HOST_SECRET']
    delete process.env['AWS_PROFILE']
    const names = local
      .messages()
      .slice(1)
      .map(line => line.split('=')[0])
    expect(names.sort()).toEqual(
      [
        ...[
          'AWS_ACCESS_KEY_ID',
          'AWS_BATCH_CE_NAME',
          'AWS_BATCH_JOB_ATTEMPT',
          'AWS_BATCH_JOB_ID',
          'AWS_BATCH_JQ_NAME',
        ],
        ...[
          'AWS_CONFIG_FILE',
          'AWS_DEFAULT_REGION',
          'AWS_EC2_METADATA_DISABLED',
          'AWS_ENDPOINT_URL',
          'AWS_REGION',
        ],
        ...[
          'AWS_SECRET_ACCESS_KEY',
          'AWS_SHARED_CREDENTIALS_FILE',
          'BATCHWISE_LOCAL',
          'HOME',
          'LANG',
          'MINE',
          'PATH',
        ],
        'TMPDIR',
      ].sort(),
    )
    expect(local.messages()).toContain(`AWS_BATCH_JOB_ID=${jobId}`)
    expect(local.messages().join('\n')).not.toContain('elsewhere')
  })

  it('fails with its exit code, and is tried again while its strategy allows it', async () => {
    const jobId = await submitScript(local, 'exit 7', { retryStrategy: { attempts: 2 } })
    const ended = await local.ended(jobId)
    expect(ended).toMatchObject({ status: 'FAILED', statusReason: 'Essential container in task exited' })
    expect(ended.attempts.map(attempt => attempt['container'])).toMatchObject([
      { exitCode: 7 },
      { exitCode: 7 },
    ])
    const statuses = local.details(jobId).map(({ status }) => status)
    const round = ['RUNNABLE', 'STARTING', 'RUNNING']
    expect(statuses).toEqual([...round, ...round, 'FAILED'])
  })

  it.each([
    [['no-such-program'], 'exec: "no-such-program": executable file not found in $PATH'],
    [['./not-here'], 'exec: "./not-here": no such executable file'],
    [['a\0b'], ''],
  ])('fails to start as %j', async (command, reason) => {
    const ended = await local.ended(await submit(local, { containerOverrides: { command } }))
    expect(ended).toMatchObject({ status: 'FAILED', statusReason: 'Task failed to start' })
    expect(ended).not.toHaveProperty('startedAt')
    expect(ended.container?.['reason']).toContain(`CannotStartContainerError: ${reason}`)
  })

  it('is stopped after its timeout', async () => {
    const jobId = await submitScript(local, 'trap "" TERM; sleep 60 & wait; sleep 60', {
      timeout: { attemptDurationSeconds: 1 },
      retryStrategy: { attempts: 3 },
    })
    const ended = await local.ended(jobId)
    expect(ended).toMatchObject({ status: 'FAILED', statusReason: 'Job attempt duration exceeded timeout' })
    expect(ended.attempts).toMatchObject([{ container: { exitCode: 137 } }])
  })

  it('is killed when it takes more memory than it asked for', async () => {
    const command = [
      process.execPath,
      '-e',
      'const all = []; setInterval(() => all.push(Buffer.alloc(5e7, 1)), 5)',
    ]
    const ended = await local.ended(await submit(local, { containerOverrides: { command } }))
    expect(ended).toMatchObject({
      statusReason: 'Essential container in task exited',
      container: { exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' },
    })
  })
})

describe('a terminated job', () => {
  it('gets SIGTERM and may clean up', async () => {
    const jobId = await submitScript(
      local,
      'trap "echo cleaned; exit 0" TERM; echo ready; while :; do sleep 0.01; done',
    )
    await local.line('ready')
    await terminate(jobId)
    const ended = await local.ended(jobId)
    expect(ended).toMatchObject({
      status: 'FAILED',
      statusReason: 'enough of it',
      container: { exitCode: 0 },
    })
    expect(local.messages()).toContain('cleaned')
  })

  it('is ended with everything it started', async () => {
    const jobId = await submitScript(
      local,
      'trap "" TERM; (setsid sh -c "while :; do echo alive; sleep 0.02; done" &); echo ready; sleep 60',
    )
    await local.line('alive')
    await terminate(jobId)
    await local.ended(jobId)
    const { jobs = [] } = await local.client.send(new DescribeJobsCommand({ jobs: [jobId] }))
    expect(jobs[0]).toMatchObject({ isTerminated: true, isCancelled: false, statusReason: 'enough of it' })
    const count = local.lines.length
    await local.ended(await submit(local))
    expect(local.lines).toHaveLength(count + 1)
  })
})

describe('images', () => {
  it('stand for a folder and what the command is put behind', async () => {
    await local.close()
    local = await LocalBatch.open({
      images: { busybox: { cwd: '/', prefix: ['sh', '-c', 'pwd; echo "$@"', 'sh'] } },
    })
    await furnish(local)
    await local.ended(await submit(local, { containerOverrides: { command: ['a', 'b c'] } }))
    expect(local.messages()).toEqual(['/', 'a b c'])
  })

  it('that nothing stands for are said not to be used', async () => {
    await local.ended(await submit(local))
    expect(local.messages()).toEqual(['No container was used: nothing stands for the image busybox here.'])
  })
})

it('says which secrets a job has to do without', async () => {
  const jobDefinition = await register(local, {
    jobDefinitionName: 'secretive',
    containerProperties: {
      image: 'x',
      command: ['true'],
      vcpus: 1,
      memory: 64,
      secrets: [{ name: 'PASSWORD', valueFrom: 'arn:aws:ssm:eu-central-1:000000000000:parameter/p' }],
    },
  })
  await local.ended(await submit(local, { jobDefinition }))
  expect(local.messages()).toContain('Secrets are not available here; not set: PASSWORD')
})

describe('an array', () => {
  it('tells its children who they are, and tells of parent and children', async () => {
    await register(local, {}, [
      'sh',
      '-c',
      'echo "$AWS_BATCH_JOB_ID $AWS_BATCH_JOB_ARRAY_INDEX/$AWS_BATCH_JOB_ARRAY_SIZE"',
    ])
    const jobId = await submit(local, { arrayProperties: { size: 3 } })
    const ended = await local.ended(jobId)
    expect(ended.arrayProperties).toMatchObject({ size: 3, statusSummary: { SUCCEEDED: 3, FAILED: 0 } })
    expect(ended).not.toHaveProperty('container')
    expect(local.messages()).toEqual(
      expect.arrayContaining([0, 1, 2].map(index => `${jobId}:${index} ${index}/3`)),
    )
    expect((await local.ended(`${jobId}:2`)).arrayProperties).toEqual({ index: 2 })
    expect(local.details(jobId).map(({ status }) => status)).toEqual(['PENDING', 'SUCCEEDED'])
  })
})
