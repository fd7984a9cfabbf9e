import { constants } from 'node:os'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { containerExited, outOfMemory } from '../engine/attempt.ts'
import type { AttemptEnd } from '../engine/retry.ts'
import type { Isolation } from './isolation.ts'
import { Lines } from './lines.ts'
import type { Pipe } from './pipes.ts'
import { ownMemoryOf, signal, treeOf } from './process-tree.ts'
import type { RunningAttempt } from './running-attempt.ts'
import type { ProcessExit } from './spawn-message.ts'
import type { Spawner } from './spawner.ts'

/** Milliseconds in which the last lines arrive after the process ended, should something hold its output open. */
const DRAIN = 250

export interface ProcessOptions {
  readonly spawner: Spawner
  readonly argv: readonly string[]
  readonly cwd: string
  readonly environment: Readonly<Record<string, string>>
  /** The variables by which stray processes of this attempt are found. */
  readonly variables: Readonly<Record<string, string>>
  readonly isolation: Isolation
  readonly pipe: Pipe | undefined
  readonly line: (line: string) => void
  readonly started: () => void
}

/** The process tree of an attempt. Its output cannot hurt this process, nor can it outlive the attempt. */
export class AttemptProcess implements RunningAttempt {
  /** Rejects when the system refuses the command. */
  readonly ended: Promise<AttemptEnd>
  readonly #options: ProcessOptions
  #pid: number | undefined
  #startedAt = performance.now()
  /** What was asked for before there was a process. */
  #wish: (() => void) | undefined
  #isOutOfMemory = false
  #killTimer: NodeJS.Timeout | undefined

  constructor(options: ProcessOptions) {
    this.#options = options
    const { spawner, pipe, isolation, argv, cwd, environment, line } = options
    const { promise: exit, resolve, reject } = Promise.withResolvers<ProcessExit>()
    const lines = new Lines(line)
    const drained = pipe === undefined ? Promise.resolve() : readInto(lines, pipe.output)
    this.ended = this.#end(exit, drained, lines)
    spawner.spawn(
      { argv: [...isolation.prefix, ...argv], cwd, environment, ...(pipe && { pipe: pipe.name }) },
      {
        started: pid => this.#begin(pid),
        refused: reason => reject(new Error(reason)),
        output: bytes => lines.push(bytes),
        exited: resolve,
      },
    )
  }

  stop(grace: number): void {
    if (this.#killTimer !== undefined) return
    const pid = this.#pid
    if (pid === undefined) {
      this.#wish ??= () => this.stop(grace)
      return
    }
    const main = this.#options.isolation.mainProcess(pid)
    if (main !== undefined) signal(main, 'SIGTERM')
    this.#killTimer = setTimeout(() => this.kill(), main === undefined ? 0 : grace)
  }

  kill(): void {
    if (this.#pid === undefined) this.#wish = () => this.kill()
    else this.#options.isolation.kill(this.#pid, this.#options.variables)
  }

  checkMemory(limit: number): void {
    if (this.#pid === undefined || this.#isOutOfMemory) return
    if (treeOf(this.#pid).reduce((sum, each) => sum + ownMemoryOf(each), 0) <= limit) return
    this.#isOutOfMemory = true
    this.kill()
  }

  #begin(pid: number): void {
    this.#pid = pid
    this.#startedAt = performance.now()
    this.#options.pipe?.handedOver()
    this.#options.started()
    this.#wish?.()
  }

  async #end(exit: Promise<ProcessExit>, drained: Promise<void>, lines: Lines): Promise<AttemptEnd> {
    const { pipe, isolation, variables } = this.#options
    try {
      const { code, by } = await exit
      clearTimeout(this.#killTimer)
      const age = performance.now() - this.#startedAt
      if (this.#pid !== undefined) isolation.sweep(this.#pid, variables, age)
      await settledWithin(drained, DRAIN)
      return this.#isOutOfMemory ? outOfMemory() : containerExited(exitCode(code, by))
    } finally {
      // A pid that was waited for may belong to somebody else by now.
      this.#pid = undefined
      this.#wish = undefined
      pipe?.handedOver()
      pipe?.output.destroy()
      lines.end()
    }
  }
}

/** As a shell and a container host count it: 128 and the number of the signal. */
function exitCode(code: number | null, by: NodeJS.Signals | null): number {
  return code ?? 128 + (by === null ? 0 : constants.signals[by])
}

async function readInto(lines: Lines, output: Readable): Promise<void> {
  output.on('data', chunk => lines.push(chunk))
  output.on('error', () => output.destroy()) // a broken output ends it; the exit code still tells how it went
  await new Promise<void>(resolve => output.once('close', resolve).once('end', resolve))
}

async function settledWithin(promise: Promise<unknown>, milliseconds: number): Promise<void> {
  const timer = new AbortController()
  await Promise.race([
    promise,
    sleep(milliseconds, undefined, { signal: timer.signal }).catch(() => undefined),
  ])
  timer.abort()
}
