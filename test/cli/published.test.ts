import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'batchwise-published-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const TIMEOUT = 180_000

async function run(cwd: string, file: string, ...args: readonly string[]) {
  const child = spawn(file, args, {
    cwd,
    env: {
      PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
      HOME: folder,
      npm_config_offline: 'true',
      npm_config_update_notifier: 'false',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  return { code, stdout, stderr }
}

/** An empty folder with the package in its node_modules; `place` puts it there. */
function application(name: string, place: (where: string) => void): string {
  const modules = join(folder, name, 'node_modules')
  mkdirSync(join(modules, '.bin'), { recursive: true })
  place(join(modules, 'batchwise'))
  symlinkSync(join('..', 'batchwise', 'bin', 'batchwise.js'), join(modules, '.bin', 'batchwise'))
  return join(folder, name)
}

/** As npm installs dependencies, but by reference. */
function withDependencies(app: string): string {
  for (const name of readdirSync('node_modules').filter(it => !it.startsWith('.')))
    symlinkSync(resolve('node_modules', name), join(app, 'node_modules', name))
  return app
}

const COMMAND = join('node_modules', '.bin', 'batchwise')

describe('the package that npm pack makes', () => {
  let app: string
  beforeAll(async () => {
    const clone = join(folder, 'clone')
    mkdirSync(clone)
    for (const name of ['src', 'functions', 'node_modules']) symlinkSync(resolve(name), join(clone, name))
    for (const name of ['bin', 'workflows', 'examples', 'serverless.yml', 'package.json', 'CHANGELOG.md'])
      cpSync(name, join(clone, name), { recursive: true })
    const { code, stderr } = await run(clone, 'npm', 'pack', '--pack-destination', folder)
    expect(code, stderr).toBe(0)
    app = withDependencies(application('app', where => mkdirSync(where)))
    const [archive = ''] = readdirSync(folder).filter(name => name.endsWith('.tgz'))
    const target = join(app, 'node_modules', 'batchwise')
    const unpacked = await run(folder, 'tar', 'xzf', archive, '-C', target, '--strip-components=1')
    expect(unpacked.code, unpacked.stderr).toBe(0)
  }, TIMEOUT)

  it('holds no source that Node.js would have to strip of types', () => {
    const files = readdirSync(join(app, 'node_modules', 'batchwise'), { recursive: true })
    expect(files.filter(name => String(name).endsWith('.ts'))).toEqual([])
    expect(files).toContain(join('dist', 'batchwise.cjs'))
    expect(files).toContain(join('dist', 'functions', 'advance.js'))
  })

  it('helps, writes, checks and plans a workflow in an empty folder', async () => {
    const help = await run(app, COMMAND, '--help')
    expect(help).toMatchObject({ code: 0, stdout: expect.stringContaining('Usage: batchwise') })
    const init = await run(
      app,
      COMMAND,
      'init',
      '--name',
      'pages',
      '--key',
      'in/{name}',
      '--image',
      'busybox',
    )
    expect(init).toMatchObject({ code: 0, stderr: '' })
    expect(await run(app, COMMAND, 'validate')).toEqual({
      code: 0,
      stdout: 'pages: 1 jobs, fine\n',
      stderr: '',
    })
    const plan = await run(app, COMMAND, 'plan', 'pages', '--json')
    expect(JSON.parse(plan.stdout)).toMatchObject({ workflow: 'pages', jobs: [{ job: 'first' }] })
  })

  it('knows its version', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
    expect(await run(app, COMMAND, '--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
  })

  it('says what is wrong with a workflow in one line, without a stack trace', async () => {
    const { code, stderr } = await run(app, COMMAND, 'plan', 'page')
    expect(code).toBe(2)
    expect(stderr).toMatch(/^batchwise: .*Did you mean "pages"\?\n$/)
  })

  it(
    'runs the example to its end in local mode, in a folder without a stack of its own',
    async () => {
      const empty = join(app, 'empty')
      mkdirSync(empty)
      const command = resolve(app, COMMAND)
      const { code, stdout, stderr } = await run(
        empty,
        command,
        'local',
        '--example',
        '--once',
        '--port',
        '0',
      )
      expect(stdout + stderr).toMatch(/access-points {2}\w{26} {2}SUCCEEDED/)
      expect(code).toBe(0)
    },
    TIMEOUT,
  )
})

describe('the command of a linked clone', () => {
  it('runs its sources', async () => {
    const app = application('linked', where => symlinkSync(process.cwd(), where))
    const { code, stdout } = await run(app, COMMAND, 'init', '--name', 'pages', '--key', 'a/{b}')
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('pages.yaml') })
    expect(await run(app, COMMAND, 'validate')).toMatchObject({ code: 0, stderr: '' })
  })
})

it('says on an older Node.js which one it needs', async () => {
  const older = `Object.defineProperty(process,'versions',{value:{node:'20.19.5'}})`
  const program = join('bin', 'batchwise.js')
  const { code, stderr } = await run(
    '.',
    process.execPath,
    '--import',
    `data:text/javascript,${older}`,
    program,
  )
  expect(code).toBe(3)
  expect(stderr).toMatch(/^batchwise: This is Node\.js v\S+; 22\.18 or newer is needed\./)
})
