import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where local mode runs, for the commands of other terminals. */
export interface LocalRecord {
  readonly endpoint: string
  readonly pid: number
}

/** Tells commands in the same folder where local mode is; the returned function takes it back. */
export function writeLocalRecord(folder: string, endpoint: string): () => void {
  const file = fileIn(folder)
  writeFileSync(file, `${JSON.stringify({ endpoint, pid: process.pid } satisfies LocalRecord)}\n`)
  return () => rmSync(file, { force: true })
}

/** Where local mode runs that has this data folder; undefined if none does. */
export function readLocalRecord(folder: string): LocalRecord | undefined {
  const record = parse(folder)
  return record !== undefined && isAlive(record.pid) ? record : undefined
}

function parse(folder: string): LocalRecord | undefined {
  try {
    const { endpoint, pid } = JSON.parse(readFileSync(fileIn(folder), 'utf8')) as Partial<LocalRecord>
    return typeof endpoint === 'string' && typeof pid === 'number' ? { endpoint, pid } : undefined
  } catch {
    return undefined // no file: local mode does not run here, or is just about to
  }
}

/** A process that was killed leaves its file behind. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function fileIn(folder: string): string {
  return join(folder, 'local.json')
}
