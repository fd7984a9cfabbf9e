import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BatchwiseError } from '../../core/errors.ts'

/**
 * Takes a data folder for this process alone; the returned function gives it back. A lock that its process left behind
 * (kill -9) is taken over, also when another process has that process's number by now.
 *
 * @throws BatchwiseError E_DATA_FOLDER when another process has it, or it cannot be written
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'lock')
  try {
    mkdirSync(folder, { recursive: true })
    if (!tryLock(file)) {
      const owner = read(file)
      if (owner !== undefined && isAlive(owner)) throw taken(file, owner)
      takeAway(file, owner)
      if (!tryLock(file)) throw taken(file, read(file))
    }
  } catch (cause) {
    if (cause instanceof BatchwiseError) throw cause
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new BatchwiseError(
      'E_DATA_FOLDER',
      `The data folder ${folder} cannot be used: ${problem}. Choose another with --data.`,
      { cause },
    )
  }
  return () => rmSync(file, { force: true })
}

/** The lock appears with its content in it, or not at all. */
function tryLock(file: string): boolean {
  const own = `${file}.${process.pid}`
  writeFileSync(own, identityOf(process.pid), { mode: 0o600 })
  try {
    linkSync(own, file)
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  } finally {
    rmSync(own, { force: true })
  }
}

/** Removes a lock that was left behind, unless it is another one by now: two may start at the same moment. */
function takeAway(file: string, stale: string | undefined): void {
  const aside = `${file}.stale.${process.pid}`
  try {
    renameSync(file, aside)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return // its owner has just given it back
    throw error
  }
  if (read(aside) !== stale) linkSync(aside, file)
  rmSync(aside)
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined // its owner has just given it back
  }
}

/** A process's number and, where the kernel tells, when it was started: numbers are used again, the two together not. */
function identityOf(pid: number): string {
  return `${pid} ${startOf(pid) ?? 'unknown'}`
}

function isAlive(owner: string): boolean {
  const [, number] = /^(\d+) \w+$/.exec(owner) ?? []
  if (number === undefined) return false
  const pid = Number(number)
  if (startOf(process.pid) !== undefined) return identityOf(pid) === owner
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return isCode(error, 'EPERM')
  }
}

/** Clock ticks since the machine was started; the 22nd field, counted behind the name, which may hold anything. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return ticks && `${ticks}${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8)}`
  } catch {
    return undefined // no such process, or no /proc
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

function taken(file: string, owner: string | undefined): BatchwiseError {
  const folder = file.slice(0, -'/lock'.length)
  return new BatchwiseError(
    'E_DATA_FOLDER',
    `The data folder ${folder} is in use by process ${owner?.split(' ')[0] ?? '?'}. Stop that one, or choose another folder with --data.`,
  )
}
