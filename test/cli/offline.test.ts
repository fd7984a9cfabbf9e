import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand, runOnTerminal } from './run-command.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwise-offline-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe.concurrent('batchwise plan', () => {
  it('shows the requests of a real object, and who chains the jobs', async () => {
    const uri = 's3://batchwise-input/raw/2026/03/02/20/$(touch pwned).json'
    const { code, stdout } = await runCommand(['plan', 'access-points', '--object', uri, '--json'])
    expect(code).toBe(0)
    const { jobs, remarks, parameters } = JSON.parse(stdout)
    expect(remarks).toEqual([])
    expect(parameters).toEqual({ gapMinutes: 30 })
    expect(jobs.map(({ job }: { job: string }) => job)).toEqual([
      'clean',
      'visitors',
      'dwell',
      'join',
      'quantiles',
      'report',
    ])
    expect(jobs[0].request.containerOverrides.command).toEqual(['node', 'jobs/clean.mjs', uri])
    expect(jobs[1]).toMatchObject({
      children: 4,
      atOnce: true,
      edges: [{ on: 'clean', kind: 'native', why: 'AWS Batch starts it when clean has succeeded' }],
    })
  })

  it('says that an upload would not start the workflow', async () => {
    const { stdout } = await runCommand(['plan', 'access-points', '--object', 's3://batchwise-input/x'])
    expect(stdout).toMatch(/An upload of this object would not start the workflow: it waits for s3:/)
  })

  it.each([
    ['', 'default', 2, 'at most 1 more'],
    ['retry: { attempts: 5, on: [spot] },', 'default', 2, 'at most 3 more'],
  ])('tells where a job goes on that lost its machine (%s)', async (retry, queue, attempts, more) => {
    const file = join(folder, `fallback${retry.length}.yaml`)
    const job = `image: x, command: [run], ${retry} fallback: { afterSpot: 2, jobQueue: on-demand }, vcpu: 1, memory: 2GiB, timeout: 1h`
    await writeFile(file, `workflow: spotty\njobs: { long: { ${job} } }\n`)
    const [text, json] = await Promise.all([runCommand(['plan', file]), runCommand(['plan', file, '--json'])])
    expect(text.stdout).toContain(`attempts    at most ${attempts} on ${queue}\n`)
    expect(text.stdout).toContain(`loses its machine then on-demand, ${more}\n`)
    expect(JSON.parse(json.stdout).jobs[0].fallback).toMatchObject({ jobQueue: 'on-demand' })
  })

  it.each([
    [['validate'], 'name another path'],
    [['plan'], 'name another file'],
    [['plan', 'x', '--workflows'], 'choose another path with --workflows'],
  ])('says how %j is given a path that can be read', async (args, mend) => {
    const { code, stderr } = await runCommand([...args, '/nonexist/x.yaml'])
    expect(code).toBe(2)
    expect(stderr.trimEnd()).toMatch(new RegExp(`Mend or remove it, or ${mend}\\.$`))
  })

  it('quotes what a shell would take apart', async () => {
    const { stdout } = await runCommand(['plan', 'test/cli/workflows/command/steps.yaml'])
    expect(stdout).toContain(`command     sh -c 'echo "$WORD"'`)
    expect(stdout).toContain('made up from the first trigger')
  })
})

describe.concurrent('batchwise graph', () => {
  it.each([
    [
      'terminal',
      '●            clean\n├─●          visitors  (4 children)\n├─│─●        dwell\n└─┴─│─●      join\n',
    ],
    ['mermaid', 'flowchart LR\n  job0["clean"]\n'],
    ['dot', 'digraph "access-points" {\n  rankdir=LR\n'],
    ['svg', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 '],
  ])('draws a workflow as %s, into a file too', async (format, beginning) => {
    const file = join(folder, format)
    const [{ stdout }] = await Promise.all([
      runCommand(['graph', 'access-points', '--format', format]),
      runCommand(['graph', 'access-points', '--format', format.toUpperCase(), '--output', file]),
    ])
    expect(stdout.startsWith(beginning), stdout).toBe(true)
    expect(await readFile(file, 'utf8')).toBe(stdout)
  })

  it('is neither a workflow nor a run', async () => {
    const { code, stderr } = await runCommand(['graph', 'acess-points'])
    expect({ code, stderr }).toMatchObject({ code: 2 })
    expect(stderr).toContain('Did you mean "access-points"?')
  })
})

describe.concurrent('batchwise init', () => {
  it('writes a workflow that is fine, and the schema, and overwrites neither', async () => {
    const dir = join(folder, 'project')
    const args = [
      'init',
      dir,
      '--name',
      'thumbnails',
      '--key',
      'in/{na-me}: "x".jpg',
      '--image',
      'my/image:1',
    ]
    const { code, stdout } = await runCommand(args)
    const file = join(dir, 'workflows', 'thumbnails.yaml')
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining(`Wrote ${file}`) })
    expect(await readFile(file, 'utf8')).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/workflow\.schema\.json\n/,
    )
    expect(await readFile(join(dir, 'workflow.schema.json'), 'utf8')).toBe(
      await readFile('workflow.schema.json', 'utf8'),
    )
    expect(await runCommand(['validate', file])).toMatchObject({ code: 0, stderr: '' })
    expect(await runCommand(args)).toMatchObject({
      code: 2,
      stderr: `batchwise: ${file} is there already. Choose another --name.\n`,
    })
  })

  it('refuses what would be no workflow, and writes nothing', async () => {
    const dir = join(folder, 'none')
    const { code, stderr } = await runCommand(['init', dir, '--name', 'My Workflow'])
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('[E112]') })
    await expect(readFile(join(dir, 'workflow.schema.json'))).rejects.toThrow('ENOENT')
  })

  it('asks on a terminal', async () => {
    const dir = join(folder, 'asked')
    const answers = [
      ['Name', 'pages\r'],
      ['Keys', '\r'],
      ['Image', '\r'],
    ] as const
    const { code } = await runOnTerminal(['init', dir], { columns: 80, answers })
    expect(code).toBe(0)
    expect(await readFile(join(dir, 'workflows', 'pages.yaml'), 'utf8')).toContain('key: "in/{name}"')
  })
})

describe.concurrent('wrong usage', () => {
  it.each([
    [['show'], 2, /missing required argument 'run'/],
    [['runns'], 2, /unknown command 'runns'[\s\S]*Did you mean runs\?/],
    [['runs', '--limit', '0'], 2, /whole number from 1/],
    [['runs', '--since', 'yesterday'], 2, /90m, 36h or 2d/],
    [['runs', '--status', 'DONE'], 2, /Give one of COLLECTING, QUEUED, RUNNING/],
    [['runs', '--stage', 'Prod!'], 2, /"Prod!" is not a stage/],
    [['runs', '--region', 'eu-west-1'], 2, /Name the stage too/],
    [['runs', '--endpoint-url', 'nowhere'], 2, /is not an address/],
    [['runs', '--data', '/nonexistent'], 3, /Local mode does not run .*batchwise local.*--stage/],
    [['runs', '--endpoint-url', 'http://127.0.0.1:1'], 3, /cannot be reached \(ECONNREFUSED\)/],
  ])('answers %j with %i and the mend', async (args, code, message) => {
    const ended = await runCommand(args)
    expect(ended).toMatchObject({ code, stdout: '' })
    expect(ended.stderr).toMatch(message)
    expect(ended.stderr).not.toMatch(/\n {4}at /)
  })

  it('shows a stack trace only when asked', async () => {
    const { stderr } = await runCommand(['runs', '--endpoint-url', 'http://127.0.0.1:1', '--debug'])
    expect(stderr).toMatch(/\n {4}at /)
  })

  it('takes no record of a local mode that was killed', async () => {
    await writeFile(join(folder, 'local.json'), '{"endpoint":"http://127.0.0.1:1","pid":2147483646}\n')
    const { code, stderr } = await runCommand(['runs', '--data', folder])
    expect({ code, stderr }).toMatchObject({ code: 3, stderr: expect.stringContaining('does not run') })
  })
})
