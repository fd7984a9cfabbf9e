import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export interface Ended {
  readonly code: number | NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

const MAIN = join(process.cwd(), 'bin', 'batchwise.js')

/** Nothing of the host's AWS configuration, colours or width may matter. */
const CLEAN: NodeJS.ProcessEnv = {
  PATH: process.env['PATH'],
  HOME: '/nonexistent',
  AWS_EC2_METADATA_DISABLED: 'true',
  TZ: 'Europe/Berlin',
}

/** Runs the real command to its end, its output caught by pipes. */
export async function runCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd = process.cwd(),
): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: { ...CLEAN, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text
    })
  }
  const [code, signal] = await once(child, 'close')
  return { code: code ?? signal, ...output }
}

/** Runs the real command with a pipe for its output whose reader is gone. */
export async function runUnread(args: readonly string[]): Promise<Omit<Ended, 'stdout'>> {
  const child = spawn(process.execPath, [MAIN, ...args], { env: CLEAN, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const [code, signal] = await once(child, 'close')
  return { code: code ?? signal, stderr }
}

export interface TerminalOptions {
  readonly columns: number
  readonly env?: Readonly<Record<string, string>>
  /** Typed as soon as the text has appeared. */
  readonly answers?: readonly (readonly [when: string, text: string])[]
  /** Told all that was printed so far, each time that something is. */
  readonly onOutput?: (stdout: string) => void
}

/** Runs the real command on a pseudo-terminal of that width, by util-linux's `script`. */
export async function runOnTerminal(
  args: readonly string[],
  { columns, env = {}, answers = [], onOutput }: TerminalOptions,
): Promise<Ended> {
  const quoted = [process.execPath, MAIN, ...args].map(word => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')
  const shell = `stty cols ${columns} rows 30; exec ${quoted}`
  const child = spawn('script', ['--quiet', '--return', '--flush', '--command', shell, '/dev/null'], {
    env: { ...CLEAN, TERM: 'xterm-256color', SHELL: '/bin/sh', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const pending = [...answers]
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    onOutput?.(stdout)
    const [next] = pending
    if (next !== undefined && stdout.includes(next[0])) {
      pending.shift()
      child.stdin.write(next[1])
    }
  })
  const [code, signal] = await once(child, 'close')
  return { code: code ?? signal, stdout, stderr: '' }
}

/** What is seen on a terminal: without colours, cursor movements and carriage returns. */
export function plainText(output: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is the escape character that is taken out.
  return output.replace(/\u001b\[[?0-9;]*[A-Za-z]|\r/g, '')
}
