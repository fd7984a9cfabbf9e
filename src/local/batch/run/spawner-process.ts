/**
 * A small process that starts the processes of jobs for local mode. `fork` copies the page table of whoever calls it, so
 * a large process takes milliseconds for what this one does in a fraction; and local mode goes on meanwhile.
 * Talks over Node's channel, in the messages of spawn-message.ts, and ends when that closes.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, constants, openSync } from 'node:fs'
import type { SpawnReport, SpawnRequest } from './spawn-message.ts'

/** Nobody may be left to be told; `disconnect` comes in its turn. */
function tell(report: SpawnReport): void {
  if (process.connected) process.send?.(report, undefined, undefined, () => undefined)
}

process.on('message', (request: SpawnRequest) => start(request))
// Jobs in a namespace end with this process; those in groups are found by their environment at the next start.
process.on('disconnect', () => process.exit())

function start(request: SpawnRequest): void {
  const { id } = request
  try {
    const child = spawnInto(request)
    child.on('error', error => tell({ id, refused: error.message }))
    child.on('exit', (code, by) => tell({ id, exit: { code, by } }))
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => tell({ id, output: chunk.toString('base64') }))
    if (child.pid !== undefined) tell({ id, pid: child.pid })
  } catch (error) {
    tell({ id, refused: error instanceof Error ? error.message : String(error) })
  }
}

function spawnInto({ argv: [program = '', ...rest], cwd, environment, pipe }: SpawnRequest): ChildProcess {
  const output = pipe === undefined ? 'pipe' : openWriter(pipe)
  try {
    // A group of its own: Ctrl-C in the terminal is not meant for jobs.
    return spawn(program, rest, { cwd, env: environment, detached: true, stdio: ['ignore', output, output] })
  } finally {
    if (typeof output === 'number') closeSync(output)
  }
}

/**
 * Opening a pipe waits for its reader, and that one may just have been killed: this process would hang, with all its jobs
 * running on. A reading end held meanwhile lets it open at once.
 */
function openWriter(pipe: string): number {
  const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    return openSync(pipe, constants.O_WRONLY)
  } finally {
    closeSync(reader)
  }
}
