import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { rawClient } from './raw-http.ts'

/** The real command `batchwise local`, in a process of its own. */
export interface LocalProcess {
  readonly port: number
  /** Milliseconds from spawn until it answered its first request. */
  readonly servingAfter: number
  /** Bytes of memory that are resident now. */
  residentMemory(): number
  stop(): Promise<void>
}

/** @param folder of its own: what it keeps, and its inbox */
export async function startLocalProcess(root: string, folder: string): Promise<LocalProcess> {
  const startedAt = performance.now()
  const data = join(folder, 'data')
  const child = spawn(
    process.execPath,
    [
      // As `npm start` does.
      ...['--max-semi-space-size=4', join(root, 'src/cli/main.ts'), 'local', '--port', '0', '--data', data],
      ...['--workflows', 'bench/workflows', '--inbox', join(folder, 'inbox')],
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const port = await portOf(child)
  await ask(port)
  return {
    port,
    servingAfter: performance.now() - startedAt,
    residentMemory: () => residentMemoryOf(child.pid ?? 0),
    async stop() {
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
    },
  }
}

/** What `/proc` says of a process. @throws Error where there is no `/proc` */
export function residentMemoryOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024
}

async function portOf(child: ChildProcess): Promise<number> {
  if (child.stdout === null) throw new Error('The command has no output to read.')
  const lines = createInterface({ input: child.stdout })
  for await (const line of lines) {
    const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1]
    if (port === undefined) continue
    child.stdout.resume()
    return Number(port)
  }
  throw new Error('batchwise local ended before it told its address.')
}

async function ask(port: number): Promise<void> {
  const client = rawClient(port)
  await client.get('/_batchwise/health')
  client.close()
}
