import { failedToStart, outOfMemory } from '../engine/attempt.ts'
import type { Job } from '../engine/job.ts'
import type { AttemptEnd } from '../engine/retry.ts'
import { AttemptProcess } from './attempt-process.ts'
import type { ContainerEngine } from './container-engine.ts'
import type { Isolation } from './isolation.ts'
import type { Pipe } from './pipes.ts'
import { signal } from './process-tree.ts'
import type { RunningAttempt } from './running-attempt.ts'
import type { Spawner } from './spawner.ts'

export interface ContainerOptions {
  readonly engine: ContainerEngine
  readonly job: Job
  readonly task: string
  /** What the container sees; of the image's own variables it keeps the others. */
  readonly environment: Readonly<Record<string, string>>
  /** Where the engine's command runs. */
  readonly folder: string
  readonly pipe: Pipe | undefined
  readonly spawner: Spawner
  readonly line: (line: string) => void
  readonly started: () => void
}

/** An attempt in a container of Docker or Podman, followed through the engine's own command. */
export class ContainerAttempt implements RunningAttempt {
  readonly ended: Promise<AttemptEnd>
  readonly #process: AttemptProcess
  readonly #options: ContainerOptions
  #lastLine = ''

  constructor(options: ContainerOptions) {
    this.#options = options
    const { engine, folder, pipe, spawner, line, started } = options
    this.#process = new AttemptProcess({
      argv: [engine.program, ...runArguments(options)],
      cwd: folder,
      // The engine's command is this machine's, and finds its daemon as it does for its user.
      environment: Object.fromEntries(
        Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
      ),
      variables: {},
      isolation: this.#isolation(),
      ...{ pipe, spawner, started },
      line: text => {
        this.#lastLine = text
        line(text)
      },
    })
    this.ended = this.#settle()
  }

  stop(grace: number): void {
    this.#process.stop(grace)
  }

  kill(): void {
    this.#process.kill()
  }

  /** The engine itself holds the container to its limit. */
  checkMemory(): void {}

  /** The engine's command hands SIGTERM on to the container, but SIGKILL would end only the command. */
  #isolation(): Isolation {
    const { engine, task } = this.#options
    return {
      prefix: [],
      mainProcess: pid => pid,
      kill: pid => {
        void engine.kill(nameOf(task)).then(isKilled => {
          if (!isKilled) signal(pid, 'SIGKILL')
        })
      },
      sweep: () => undefined,
    }
  }

  async #settle(): Promise<AttemptEnd> {
    const { engine, task } = this.#options
    const end = await this.#process.ended
    const state = await engine.stateOf(nameOf(task))
    await engine.remove(nameOf(task))
    if (state === undefined) return failedToStart(`CannotStartContainerError: ${this.#lastLine}`)
    if (state.Error !== '') return failedToStart(`CannotStartContainerError: ${state.Error}`)
    return state.OOMKilled ? outOfMemory() : { ...end, exitCode: state.ExitCode }
  }
}

function nameOf(task: string): string {
  return `batchwise-${task}`
}

/**
 * The host's network: this AWS listens on 127.0.0.1 only, and answers to that name only. Variables are given one by
 * one: a file of them could not hold a value of several lines.
 */
function runArguments({ engine, job, task, environment }: ContainerOptions): readonly string[] {
  const { submission, resources } = job.spec
  const user = submission.container['user']
  const memory = `${resources.memory}m`
  return [
    ...['run', '--name', nameOf(task), '--label', engine.label, '--pull', 'never', '--network', 'host'],
    ...[
      '--memory',
      memory,
      '--memory-swap',
      memory,
      '--cpu-shares',
      String(Math.ceil(resources.vcpus * 1024)),
    ],
    ...(typeof user === 'string' ? ['--user', user] : []),
    ...(submission.container['readonlyRootFilesystem'] === true ? ['--read-only'] : []),
    ...Object.entries(environment).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...['--', submission.image, ...submission.command],
  ]
}
