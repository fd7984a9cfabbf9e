import { type ChildProcess, fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { coveredDescriptors } from './covered-descriptors.ts'
import type { ProcessExit, SpawnReport, SpawnRequest } from './spawn-message.ts'

/** Told of a process that was asked for: started or refused, then its end. */
export interface SpawnListener {
  readonly started: (pid: number) => void
  readonly refused: (reason: string) => void
  readonly output: (bytes: Buffer) => void
  readonly exited: (exit: ProcessExit) => void
}

/** As it is in a clone, or beside the published bundle. */
const [PROGRAM = ''] = ['spawner-process.ts', 'spawner-process.cjs']
  .map(name => join(import.meta.dirname, name))
  .filter(path => existsSync(path))
/** Milliseconds for which the helper waits for further work: it takes memory that nobody needs meanwhile. */
const IDLE = 10_000

/** Starts processes through a small helper process, which is started when it is needed and ends when it is not. */
export class Spawner {
  readonly #listeners = new Map<number, SpawnListener>()
  #helper: ChildProcess | undefined
  #idleTimer: NodeJS.Timeout | undefined
  #nextId = 1

  spawn(request: Omit<SpawnRequest, 'id'>, listener: SpawnListener): void {
    clearTimeout(this.#idleTimer)
    const id = this.#nextId++
    this.#listeners.set(id, listener)
    this.#helper ??= this.#start()
    this.#helper.send({ ...request, id } satisfies SpawnRequest, error => {
      if (error !== null) this.#end(id)?.refused(error.message)
    })
  }

  /** Call it when no process is left: those of namespaces end with the helper. */
  close(): void {
    clearTimeout(this.#idleTimer)
    const helper = this.#helper
    this.#helper = undefined
    if (helper?.connected) helper.disconnect()
  }

  #start(): ChildProcess {
    const helper = fork(PROGRAM, [], {
      // Only what Node needs: nothing of this machine's user, and nothing by which jobs are found.
      env: { PATH: process.env['PATH'] },
      execArgv: ['--max-semi-space-size=1'],
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc', ...coveredDescriptors().slice(1)],
    })
    helper.on('message', (report: SpawnReport) => this.#hear(report))
    helper.on('exit', () => this.#lost(helper))
    helper.on('error', () => this.#lost(helper))
    helper.unref()
    helper.channel?.unref()
    return helper
  }

  #hear(report: SpawnReport): void {
    const listener = this.#listeners.get(report.id)
    if (listener === undefined) return
    if ('pid' in report) listener.started(report.pid)
    else if ('output' in report) listener.output(Buffer.from(report.output, 'base64'))
    else if ('refused' in report) this.#end(report.id)?.refused(report.refused)
    else this.#end(report.id)?.exited(report.exit)
  }

  #end(id: number): SpawnListener | undefined {
    const listener = this.#listeners.get(id)
    this.#listeners.delete(id)
    if (this.#listeners.size === 0) this.#idleTimer = setTimeout(() => this.close(), IDLE).unref()
    return listener
  }

  /** Somebody killed the helper: what it started is as good as killed. */
  #lost(helper: ChildProcess): void {
    if (this.#helper !== helper) return
    this.#helper = undefined
    for (const id of [...this.#listeners.keys()]) this.#end(id)?.exited({ code: null, by: 'SIGKILL' })
  }
}
