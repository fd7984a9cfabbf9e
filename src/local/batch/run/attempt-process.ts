import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { containerExited, outOfMemory } from '../engine/attempt.ts'
import type { AttemptEnd } from '../engine/retry.ts'
import { coveredDescriptors } from './covered-descriptors.ts'
import type { Isolation } from './isolation.ts'
import { Lines } from './lines.ts'
import type { Pipe } from './pipes.ts'
import { ownMemoryOf, signal, treeOf } from './process-tree.ts'
import type { RunningAttempt } from './running-attempt.ts'

/** Milliseconds in which the last lines arrive after the process ended, should something hold its output open. */
const DRAIN = 250

export interface ProcessOptions {
  readonly argv: readonly string[]
  readonly cwd: string
  readonly environment: Readonly<Record<string, string>>
  /** The variables by which stray processes of this attempt are found. */
  readonly variables: Readonly<Record<string, string>>
  readonly isolation: Isolation
  readonly pipe: Pipe | undefined
  readonly line: (line: string) => void
}

/** The process tree of an attempt. Its output cannot hurt this process, nor can it outlive the attempt. */
export class AttemptProcess implements RunningAttempt {
  readonly ended: Promise<AttemptEnd>
  readonly #child: ChildProcess
  readonly #options: ProcessOptions
  readonly #startedAt = performance.now()
  #isOutOfMemory = false
  #killTimer: NodeJS.Timeout | undefined

  /** @throws Error when the system refuses the command */
  constructor(options: ProcessOptions) {
    this.#options = options
    const { pipe, isolation, argv } = options
    const [program = '', ...rest] = [...isolation.prefix, ...argv]
    try {
      this.#child = spawn(program, rest, {
        cwd: options.cwd,
        env: options.environment,
        // A group of its own: Ctrl-C in the terminal is not meant for jobs.
        detached: true,
        stdio: ['ignore', pipe?.descriptor ?? 'pipe', pipe?.descriptor ?? 'pipe', ...coveredDescriptors()],
      })
    } catch (error) {
      pipe?.output.destroy()
      throw error
    } finally {
      pipe?.handedOver()
    }
    const outputs = [pipe?.output, this.#child.stdout, this.#child.stderr].filter(output => output != null)
    const drained = Promise.all(outputs.map(output => readLines(output, options.line)))
    this.ended = this.#end(outputs, drained)
  }

  get isStarted(): boolean {
    return this.#child.pid !== undefined
  }

  stop(grace: number): void {
    const { pid } = this.#child
    if (pid === undefined || this.#killTimer !== undefined) return
    const main = this.#options.isolation.mainProcess(pid)
    if (main !== undefined) signal(main, 'SIGTERM')
    this.#killTimer = setTimeout(() => this.kill(), main === undefined ? 0 : grace)
  }

  kill(): void {
    const { pid, exitCode, signalCode } = this.#child
    // A pid that was waited for may belong to somebody else by now.
    if (pid === undefined || exitCode !== null || signalCode !== null) return
    this.#options.isolation.kill(pid, this.#options.variables)
  }

  checkMemory(limit: number): void {
    const { pid } = this.#child
    if (pid === undefined || this.#isOutOfMemory) return
    if (treeOf(pid).reduce((sum, each) => sum + ownMemoryOf(each), 0) <= limit) return
    this.#isOutOfMemory = true
    this.kill()
  }

  async #end(outputs: readonly Readable[], drained: Promise<unknown>): Promise<AttemptEnd> {
    try {
      const [code, by] = await once(this.#child, 'exit')
      clearTimeout(this.#killTimer)
      const age = performance.now() - this.#startedAt
      this.#options.isolation.sweep(this.#child.pid ?? 0, this.#options.variables, age)
      await settledWithin(drained, DRAIN)
      return this.#isOutOfMemory ? outOfMemory() : containerExited(exitCode(code, by))
    } finally {
      for (const output of outputs) output.destroy()
    }
  }
}

/** As a shell and a container host count it: 128 and the number of the signal. */
function exitCode(code: number | null, by: NodeJS.Signals | null): number {
  return code ?? 128 + (by === null ? 0 : constants.signals[by])
}

async function readLines(output: Readable, emit: (line: string) => void): Promise<void> {
  const lines = new Lines(emit)
  output.on('data', chunk => lines.push(chunk))
  output.on('error', () => output.destroy()) // a broken output ends it; the exit code still tells how it went
  await new Promise<void>(resolve => output.once('close', resolve).once('end', resolve))
  lines.end()
}

async function settledWithin(promise: Promise<unknown>, milliseconds: number): Promise<void> {
  const timer = new AbortController()
  await Promise.race([
    promise,
    sleep(milliseconds, undefined, { signal: timer.signal }).catch(() => undefined),
  ])
  timer.abort()
}
