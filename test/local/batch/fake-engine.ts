/**
 * Stands for `docker`: `node fake-engine.ts FOLDER VERB ...`. It keeps what it knows in the folder, and runs the command
 * of a "container" as a process.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'

interface Container {
  readonly options: readonly string[]
  readonly pid?: number
  readonly state?: { readonly ExitCode: number; readonly OOMKilled: boolean; readonly Error: string }
}

const IMAGES = ['busybox', 'broken', 'hungry']
const [, , folder = '', verb = '', ...words] = process.argv
const last = words.at(-1) ?? ''

const fileOf = (name: string) => join(folder, `${name}.json`)
const read = (name: string): Container => JSON.parse(readFileSync(fileOf(name), 'utf8'))
const isThere = (name: string) => existsSync(fileOf(name))

/** Whole or not at all: somebody may be looking. */
function save(name: string, container: Container): void {
  writeFileSync(`${fileOf(name)}.next`, JSON.stringify(container))
  renameSync(`${fileOf(name)}.next`, fileOf(name))
}

function run(): void {
  const at = words.indexOf('--')
  const options = words.slice(0, at)
  const [image, program = '', ...rest] = words.slice(at + 1)
  const name = words[words.indexOf('--name') + 1] ?? ''
  if (image === 'broken') {
    save(name, { options, state: { ExitCode: 127, OOMKilled: false, Error: 'exec: not found' } })
    process.exit(127)
  }
  let child: ChildProcess | undefined
  process.on('SIGTERM', () => child?.kill('SIGTERM'))
  save(name, { options })
  child = spawn(program, rest, { stdio: 'inherit', env: { PATH: '/usr/bin:/bin', ...variables(options) } })
  save(name, { options, ...(child.pid === undefined ? {} : { pid: child.pid }) })
  child.on('exit', (code, by) => {
    const ExitCode = code ?? 128 + (by === null ? 0 : constants.signals[by])
    save(name, { options, state: { ExitCode, OOMKilled: image === 'hungry', Error: '' } })
    process.exit(ExitCode)
  })
}

function variables(options: readonly string[]): Record<string, string> {
  const given = options.filter((_, at) => options[at - 1] === '--env')
  return Object.fromEntries(
    given.map(text => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]),
  )
}

function kill(): void {
  const { pid } = isThere(last) ? read(last) : {}
  if (pid === undefined) process.exit(1)
  process.kill(pid, 'SIGKILL')
}

function inspect(): void {
  if (!isThere(last)) process.exit(1)
  console.log(JSON.stringify(read(last).state))
}

function list(): void {
  const names = readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .map(name => name.slice(0, -5))
  const label = last.replace('label=', '')
  console.log(names.filter(name => read(name).options.includes(label)).join('\n'))
}

function remove(): void {
  for (const name of words.filter(isThere)) renameSync(fileOf(name), join(folder, `${name}.removed`))
}

const VERBS: Readonly<Record<string, () => void>> = {
  info: () => process.exit(existsSync(join(folder, 'asleep')) ? 1 : 0),
  image: () => process.exit(IMAGES.includes(last) ? 0 : 1),
  ...{ run, kill, container: inspect, ps: list, rm: remove },
}
VERBS[verb]?.()
