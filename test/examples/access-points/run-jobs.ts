import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { ObjectServer } from './object-server.ts'

const EXAMPLE = fileURLToPath(new URL('../../../examples/access-points/', import.meta.url))

export interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly gapMinutes?: number
  readonly shards?: number
}

/** Runs one job as Batch would: a process of its own, with nothing but its own environment. */
export async function runJob(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  const child = spawn(process.execPath, [...command], { cwd: EXAMPLE, env: { ...env } })
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number]>,
  ])
  return { code, stdout, stderr }
}

/** Runs the six jobs in the order of the graph and gives their results by name. Fails at the first that fails. */
export async function runAll(server: ObjectServer, uri: string, output: string, options: RunOptions = {}) {
  const { gapMinutes = 30, shards = 1 } = options
  const env = { ...server.env, BATCHWISE_OUTPUT: output }
  const children = Array.from({ length: shards }, (_, index) => arrayChild(index, shards))
  await succeed(['jobs/clean.mjs', uri], env)
  await Promise.all([
    succeed(['jobs/dwell.mjs', '--gap-minutes', String(gapMinutes)], env),
    ...children.map(child => succeed(['jobs/visitors.mjs'], { ...env, ...child })),
  ])
  await Promise.all([succeed(['jobs/join.mjs'], env), succeed(['jobs/quantiles.mjs'], env)])
  await succeed(['jobs/report.mjs', uri], env)
}

async function succeed(command: readonly string[], env: Readonly<Record<string, string>>): Promise<void> {
  const { code, stderr } = await runJob(command, env)
  if (code !== 0) throw new Error(`${command[0]} ended with ${code}: ${stderr}`)
}

function arrayChild(index: number, size: number): Readonly<Record<string, string>> {
  return { AWS_BATCH_JOB_ARRAY_INDEX: String(index), AWS_BATCH_JOB_ARRAY_SIZE: String(size) }
}
