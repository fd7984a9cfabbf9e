import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { failedToStart } from '../engine/attempt.ts'
import type { Job } from '../engine/job.ts'
import type { AttemptEnd } from '../engine/retry.ts'
import { logStreamName } from '../event/job-detail.ts'
import { attemptFolder, jobFolder, removeAttemptFolder, removeFolder } from './attempt-folder.ts'
import { ContainerEngine } from './container-engine.ts'
import type { LocalImage } from './image.ts'
import { type Isolation, probeIsolation } from './isolation.ts'
import { markerOf, type Surroundings } from './job-environment.ts'
import { type Launch, startContainer, startProcess } from './launch.ts'
import { Pipes } from './pipes.ts'
import type { RunningAttempt } from './running-attempt.ts'
import { Spawner } from './spawner.ts'
import { killStale } from './stale.ts'

export interface RunnerOptions {
  /** Where attempts get their folders. */
  readonly folder: string
  readonly region: string
  readonly endpoint: () => string
  readonly images: Readonly<Record<string, LocalImage>>
  /** A folder of programs that jobs find on their PATH. */
  readonly programs?: string
  /** Milliseconds between SIGTERM and SIGKILL. */
  readonly grace: number
  readonly isolation?: Isolation
  /** The command of Docker or Podman, for images that are present there. */
  readonly containers?: string
  readonly line: (stream: string, line: string) => void
  readonly started: (job: Job, task: string) => void
  readonly ended: (job: Job, task: string, end: AttemptEnd) => void
}

const MIB = 1024 * 1024
/** Milliseconds between two looks at how much memory jobs take. */
const MEMORY_INTERVAL = 250

interface Attempt {
  readonly job: Job
  readonly task: string
  process?: RunningAttempt
}

/**
 * Runs attempts as processes of this machine, or in containers where their image is present, one after the other in
 * the order they were asked for.
 */
export class Runner {
  readonly #options: RunnerOptions
  /** Absolute: jobs are told of it. */
  readonly #folder: string
  readonly #attempts = new Map<string, Attempt>()
  readonly #launches: Attempt[] = []
  readonly #pipes: Pipes
  readonly #spawner = new Spawner()
  readonly #marker: string
  readonly #containers: ContainerEngine | undefined
  #isolation: Isolation | undefined
  #memoryTimer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(options: RunnerOptions) {
    this.#options = options
    this.#folder = resolve(options.folder)
    this.#marker = markerOf(this.#folder)
    this.#pipes = new Pipes(join(this.#folder, '.pipes'))
    this.#isolation = options.isolation
    if (options.containers !== undefined)
      this.#containers = new ContainerEngine(options.containers, this.#marker)
  }

  /** Gets ready; kills what an earlier life left running, if it left anything. */
  open(hasLeftovers: boolean): void {
    this.#isClosed = false
    mkdirSync(this.#folder, { recursive: true })
    this.#isolation ??= probeIsolation()
    this.#pipes.open()
    if (hasLeftovers) killStale(this.#marker)
    if (hasLeftovers) this.#containers?.removeStale()
    this.#memoryTimer = setInterval(() => this.#checkMemory(), MEMORY_INTERVAL).unref()
  }

  /** Starts an attempt soon: other work gets its turn between two of them. */
  start(job: Job, task: string): void {
    const attempt = { job, task }
    this.#attempts.set(task, attempt)
    this.#launches.push(attempt)
    if (this.#launches.length === 1) setImmediate(() => this.#launchNext())
  }

  /** Ends an attempt; `ended` tells when it has. */
  stop(task: string): void {
    const attempt = this.#attempts.get(task)
    if (attempt === undefined) return
    if (attempt.process !== undefined) attempt.process.stop(this.#options.grace)
    else queueMicrotask(() => this.#end(attempt, { statusReason: 'Task was stopped before it started' }))
  }

  /** Kills an attempt whose end is told to nobody. */
  kill(task: string): void {
    const attempt = this.#attempts.get(task)
    this.#attempts.delete(task)
    attempt?.process?.kill()
  }

  /** Kills everything and waits for its end, which is told to nobody. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#memoryTimer)
    const processes = [...this.#attempts.values()].flatMap(({ process }) => process ?? [])
    this.#attempts.clear()
    for (const process of processes) process.kill()
    await Promise.allSettled(processes.map(process => process.ended))
    this.#spawner.close()
  }

  /** Removes what the attempts of a job left behind. */
  forget(jobId: string): void {
    removeFolder(jobFolder(this.#folder, jobId))
  }

  #launchNext(): void {
    const attempt = this.#launches.shift()
    if (this.#launches.length > 0) setImmediate(() => this.#launchNext())
    // It may have been stopped while it waited.
    if (this.#isClosed || attempt === undefined || !this.#attempts.has(attempt.task)) return
    this.#launch(attempt)
  }

  #launch(attempt: Attempt): void {
    if (this.#containers === undefined) this.#begin(attempt, startProcess)
    else void this.#launchInContainer(attempt, this.#containers)
  }

  async #launchInContainer(attempt: Attempt, engine: ContainerEngine): Promise<void> {
    const isThere = await engine.hasImage(attempt.job.spec.submission.image)
    if (this.#isClosed || !this.#attempts.has(attempt.task)) return
    this.#begin(attempt, isThere ? launch => startContainer(launch, engine) : startProcess)
  }

  #begin(attempt: Attempt, start: (launch: Launch) => RunningAttempt | string): void {
    const launch = this.#launchOf(attempt)
    let launched: RunningAttempt | string
    try {
      launched = start(launch)
    } catch (error) {
      launched = cannotStart(error)
    }
    if (typeof launched === 'string') this.#end(attempt, failedToStart(launched))
    else this.#watch(attempt, launched, launch.surroundings.folder)
  }

  #watch(attempt: Attempt, process: RunningAttempt, folder: string): void {
    attempt.process = process
    void this.#follow(attempt, process, folder)
  }

  async #follow(attempt: Attempt, process: RunningAttempt, folder: string): Promise<void> {
    const end = await process.ended.catch(error => failedToStart(cannotStart(error)))
    if (end.exitCode === 0) removeAttemptFolder(folder)
    this.#end(attempt, end)
  }

  #launchOf({ job, task }: Attempt): Launch {
    const stream = logStreamName(job, task)
    return {
      job,
      task,
      surroundings: this.#surroundings(job),
      images: this.#options.images,
      isolation: this.#isolation ?? probeIsolation(),
      pipes: this.#pipes,
      spawner: this.#spawner,
      started: () => {
        if (this.#attempts.has(task)) this.#options.started(job, task)
      },
      line: line => this.#options.line(stream, line),
    }
  }

  #end(attempt: Attempt, end: AttemptEnd): void {
    if (!this.#attempts.delete(attempt.task)) return
    this.#options.ended(attempt.job, attempt.task, end)
  }

  #surroundings(job: Job): Surroundings {
    const attempt = job.state.attempts.length + 1
    return {
      folder: attemptFolder(this.#folder, job, attempt),
      attempt,
      computeEnvironment: job.state.environment ?? '',
      region: this.#options.region,
      endpoint: this.#options.endpoint(),
      marker: this.#marker,
      ...(this.#options.programs !== undefined && { programs: this.#options.programs }),
    }
  }

  #checkMemory(): void {
    for (const { job, process } of this.#attempts.values()) {
      process?.checkMemory(job.spec.resources.memory * MIB)
    }
  }
}

function cannotStart(error: unknown): string {
  return `CannotStartContainerError: ${error instanceof Error ? error.message : String(error)}`
}
