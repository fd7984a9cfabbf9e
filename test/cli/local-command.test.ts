import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clientTarget } from '../../src/aws/client-target.ts'
import { batchwise, localCommand, type RunningCommand } from '../end-to-end/command.ts'
import { readerOf } from '../end-to-end/local.ts'

let folder: string
const commands: RunningCommand[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwise-cli-'))
})
afterEach(async () => {
  for (const command of commands.splice(0)) {
    command.child.kill('SIGKILL')
    await command.ended()
  }
  await rm(folder, { recursive: true, force: true })
})

async function run(args: readonly string[]): Promise<{ code: unknown; output: string }> {
  const command = batchwise(args)
  commands.push(command)
  return { code: await command.ended(), output: command.output() }
}

const places = () => ['--data', join(folder, 'data'), '--inbox', join(folder, 'inbox')]

describe('batchwise local --example --once', () => {
  it('ends with 0 when the example succeeded, its results exported', async () => {
    const { code, output } = await run(['local', '--example', '--once', '--port', '0', ...places()])
    expect(output).toMatch(/access-points {2}\w{26} {2}SUCCEEDED/)
    expect(code).toBe(0)
    const [runId = ''] = await readdir(join(folder, 'data', 'results', 'access-points'))
    const results = await readdir(join(folder, 'data', 'results', 'access-points', runId))
    expect(results).toEqual(expect.arrayContaining(['report.csv', 'report.json', 'report.svg']))
  })

  it('ends with 1 when the run failed, having told the outbox once', async () => {
    const args = [
      'local',
      '--example',
      '--once',
      '--port',
      '0',
      '--workflows',
      'test/cli/workflows/failing',
      ...places(),
    ]
    const { code, output } = await run(args)
    expect(output).toMatch(/first +FAILED +1 /)
    expect(output).toContain('Essential container in task exited (exit code 3)')
    expect(output).toMatch(/second +SKIPPED\n/)
    expect(output).toMatch(/tell +SUCCEEDED +1 /)
    expect(code).toBe(1)
    const outbox = join(folder, 'data', 'outbox')
    const mails = (await readdir(outbox)).filter(name => name.endsWith('.json'))
    expect(mails).toHaveLength(1)
    const mail = await readFile(join(outbox, mails[0] ?? ''), 'utf8')
    expect(mail).toContain('failing failed: first')
    expect(mail).toContain('Did not run because of that: second')
  })
})

describe('batchwise local --example --once, with workflows that do not take the example', () => {
  it('says so with 2, and does not wait for ever', async () => {
    const flags = ['--port', '0', '--workflows', 'test/cli/workflows/command', ...places()]
    const { code, output } = await run(['local', '--example', '--once', ...flags])
    expect(output).toMatch(/No workflow in \S+ takes the example's file s3:\/\/batchwise-input\/raw\//)
    expect(output).not.toContain('Local AWS on')
    expect(code).toBe(2)
  })
})

describe('batchwise local', () => {
  it('shows every run of many files at once, and tells of a file that no workflow takes', async () => {
    const local = await localCommand(folder, ['--workflows', 'test/cli/workflows/failing'])
    commands.push(local)
    const reader = readerOf(local.endpoint)
    const put = (Key: string) =>
      reader.s3.send(new PutObjectCommand({ Bucket: 'batchwise-input', Key, Body: 'x' }))
    await Promise.all(Array.from({ length: 22 }, (_, index) => put(`raw/${index}.csv`)))
    await put('elsewhere.csv')
    await local.printed(/No workflow takes s3:\/\/batchwise-input\/elsewhere\.csv: .*raw\/\{path\.\.\.\}/)
    await reader.ended('failing', 22)
    const ended = () => local.output().match(/^failing {2}\w{26} {2}FAILED/gm) ?? []
    await expect.poll(() => ended().length, { timeout: 30_000 }).toBeGreaterThanOrEqual(22)
    expect(new Set(ended()).size).toBe(22)
    reader.close()
  })

  it('writes whole lines to a pipe, no false alarm of a tolerated array, and no hint at what nothing takes', async () => {
    const local = await localCommand(folder, ['--workflows', 'test/cli/workflows/tolerated'])
    commands.push(local)
    const reader = readerOf(local.endpoint)
    const Key = `lines/${'long-'.repeat(30)}.txt`
    await reader.s3.send(new PutObjectCommand({ Bucket: 'batchwise-input', Key, Body: 'x' }))
    await reader.ended('tolerated', 1)
    reader.close()
    await local.printed(new RegExp(`^tolerated {2}\\w{26} {2}SUCCEEDED .* ${Key}\n`, 'm'))
    expect(local.output()).toMatch(/^tolerated \w{8} each SUCCEEDED$/m)
    expect(local.output()).not.toContain('FAILED')
    expect(local.output()).toContain('Try next, in another terminal:\n  export AWS_ACCESS_KEY_ID')
    expect(local.output()).not.toContain('access-points')
  })

  it('tells why an event could not be acted on, and keeps the log of the functions', async () => {
    const local = await localCommand(folder)
    commands.push(local)
    const target = clientTarget(local.endpoint, 'us-east-1')
    const events = new EventBridgeClient(target)
    const request = { Source: 'test', DetailType: 'Start Requested', EventBusName: 'batchwise-local' }
    await events.send(new PutEventsCommand({ Entries: [{ ...request, Detail: '{"workflow":"no-such"}' }] }))
    await local.printed(/problem: an event could not be acted on: .*no-such/)
    events.destroy()
    const logs = new CloudWatchLogsClient(target)
    const [line] =
      (
        await logs.send(
          new FilterLogEventsCommand({
            logGroupName: '/aws/lambda/batchwise-local',
            filterPattern: '"message-failed"',
          }),
        )
      ).events ?? []
    expect(line?.message).toContain('no-such')
    logs.destroy()
  })

  it('uploads files of the inbox once they are whole, and leaves others alone', async () => {
    const local = await localCommand(folder, ['--workflows', 'test/cli/workflows/failing'])
    commands.push(local)
    const inbox = join(folder, 'inbox')
    const file = join(inbox, 'raw', 'a b+c', 'ü:1.csv')
    await mkdir(dirname(file), { recursive: true })
    await writeFile(join(inbox, 'raw', '.hidden'), 'no')
    await writeFile(`${file}.part`, 'whole')
    await writeFile(join(inbox, 'raw', 'never.part'), 'no')
    await rename(`${file}.part`, file)
    await local.printed(/uploaded inbox\/raw\/a b\+c\/ü:1\.csv/)
    const reader = readerOf(local.endpoint)
    const [ended] = await reader.ended('failing', 1)
    expect(ended?.run.trigger.values['key']).toBe('raw/a b+c/ü:1.csv')
    expect(await reader.text('batchwise-input', 'raw/a b+c/ü:1.csv')).toBe('whole')
    expect(await reader.runs('failing')).toHaveLength(1)
    reader.close()
  })

  it('stops on SIGINT with 0, and does not upload the inbox again at the next start', async () => {
    const file = join(folder, 'inbox', 'other', 'once.txt')
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, 'x')
    const first = await localCommand(folder)
    commands.push(first)
    await first.printed(/uploaded inbox\/other\/once\.txt/)
    first.child.kill('SIGINT')
    expect(await first.ended()).toBe(0)
    const second = await localCommand(folder)
    commands.push(second)
    await writeFile(join(folder, 'inbox', 'other', 'twice.txt'), 'y')
    await second.printed(/uploaded inbox\/other\/twice\.txt/)
    expect(second.output()).not.toContain('once.txt')
  })

  it('does with running jobs at the next start what it says at Ctrl-C', async () => {
    const flags = ['--workflows', 'test/cli/workflows/stopped']
    const first = await localCommand(folder, flags)
    commands.push(first)
    const stack = ['--data', join(folder, 'data')]
    await run(['start', 'stopped', ...stack])
    await first.printed(/stopped \w{8} once RUNNING/)
    await first.printed(/stopped \w{8} again RUNNING/)
    first.child.kill('SIGINT')
    expect(await first.ended()).toBe(0)
    expect(first.output()).toContain('2 jobs are running and ended now, as by the loss of a host.')
    expect(first.output()).toContain('At the next start 1 begins anew and 1 fails')
    const second = await localCommand(folder, flags)
    commands.push(second)
    await second.printed(/once +FAILED/)
    await second.printed(/again +SUCCEEDED +2 /)
  })

  it('refuses a data folder that another process uses, with 3', async () => {
    const local = await localCommand(folder)
    commands.push(local)
    const { code, output } = await run(['local', '--port', '0', ...places()])
    expect(output).toContain(
      `is in use by process ${local.child.pid}. Stop that one, or choose another folder with --data.`,
    )
    expect(code).toBe(3)
  })

  it('refuses a port that is taken when it was asked for, with 3', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise(resolve => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    const { code, output } = await run(['local', '--port', String(port), ...places()])
    await new Promise(resolve => server.close(resolve))
    expect(output).toContain(
      `batchwise: Port ${port} is in use by another program. Choose another with --port.`,
    )
    expect(code).toBe(3)
  })

  it('refuses an inbox that is a file, with 3, and gives its folder back', async () => {
    await writeFile(join(folder, 'inbox'), 'x')
    const { code, output } = await run(['local', '--port', '0', ...places()])
    expect(output).toMatch(/batchwise: The inbox \S+ cannot be used: .*Choose another with --inbox\./)
    expect(code).toBe(3)
    expect(await readdir(join(folder, 'data'))).not.toContain('lock')
  })

  it('shows what is wrong with a workflow file and starts nothing, with 2', async () => {
    await writeFile(join(folder, 'w.yaml'), 'workflow: w\njobs:\n  a: { jobDefinition: d, dependOn: [b] }\n')
    const { code, output } = await run(['local', '--port', '0', '--workflows', folder, ...places()])
    expect(output).toMatch(/w\.yaml:3:\d+ {2}jobs\.a\.dependOn: .*dependsOn/)
    expect(output).toContain('^^^^^^^^')
    expect(output).not.toContain('Local AWS on')
    expect(code).toBe(2)
  })

  it.each([
    [['local', '--prot', '1'], "unknown option '--prot'"],
    [['local', '--port', 'x'], 'It is not a port'],
    [['local', '--data', ''], 'It is empty: give a folder'],
    [['lokal'], "unknown command 'lokal'"],
    [['local', '--workflows', '/nowhere'], '/nowhere cannot be read'],
  ])('answers %j with 2 and the mend', async (args, words) => {
    const { code, output } = await run(args)
    expect(output).toContain(words)
    expect(output).not.toContain('    at ')
    expect(code).toBe(2)
  })
})
