import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** The real command in a process of its own. */
export interface RunningCommand {
  readonly child: ChildProcess
  /** Everything it has printed so far. */
  readonly output: () => string
  /** Resolves with the first match, once it has been printed; rejects if the process ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>
  /** Resolves with the exit code, or the signal that ended it. */
  ended(): Promise<number | NodeJS.Signals | null>
}

/** Runs `batchwise` with arguments, in the repository's root; nothing of the host's AWS configuration matters to it. */
export function batchwise(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): RunningCommand {
  const child = spawn(process.execPath, [join('src', 'cli', 'main.ts'), ...args], {
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const end = once(child, 'exit')
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  return {
    child,
    output: () => output,
    async printed(pattern) {
      for (;;) {
        const match = pattern.exec(output)
        if (match !== null) return match
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`It ended without ${pattern}:\n${output}`)
        await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), end])
      }
    },
    async ended() {
      const [code, signal] =
        child.exitCode === null && child.signalCode === null ? await end : [child.exitCode, child.signalCode]
      return code ?? signal
    },
  }
}

/** Local mode as a process, in a folder of its own, on a free port. */
export async function localCommand(
  folder: string,
  args: readonly string[] = [],
): Promise<RunningCommand & { readonly endpoint: string }> {
  const places = ['--port', '0', '--data', join(folder, 'data'), '--inbox', join(folder, 'inbox')]
  const command = batchwise(['local', ...places, ...args])
  const [, endpoint = ''] = await command.printed(/Local AWS on (http:\/\/127\.0\.0\.1:\d+)/)
  return { ...command, endpoint }
}
