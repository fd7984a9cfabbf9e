import { readdirSync, readFileSync } from 'node:fs'

const PAGE = 4096
/** A tree that grows faster than it can be killed this often is left alone. */
const ROUNDS = 100

/** The children of a process, of all its threads; none where there is no such process or no `/proc`. */
export function childrenOf(pid: number): readonly number[] {
  const threads = list(`/proc/${pid}/task`)
  return threads.flatMap(thread =>
    (read(`/proc/${pid}/task/${thread}/children`) ?? '').split(' ').filter(Boolean).map(Number),
  )
}

/** A process and all that descend from it. */
export function treeOf(pid: number): readonly number[] {
  const tree = [pid]
  for (let at = 0; at < tree.length; at += 1) tree.push(...childrenOf(tree[at] ?? 0))
  return tree
}

/** Bytes of memory that only this process has: what is resident less what it shares with files and others. */
export function ownMemoryOf(pid: number): number {
  const [, resident = 0, shared = 0] = (read(`/proc/${pid}/statm`) ?? '').split(' ').map(Number)
  return Math.max(0, resident - shared) * PAGE
}

/**
 * Processes that were started with all of these variables. `younger` leaves out those that are older than the process
 * with this pid, which saves reading most of them.
 */
export function findByEnvironment(
  variables: Readonly<Record<string, string>>,
  younger?: number,
): readonly number[] {
  const wanted = Object.entries(variables).map(([name, value]) => `\0${name}=${value}\0`)
  const isYounger = younger === undefined ? () => true : youngerThan(younger)
  return list('/proc')
    .filter(name => /^\d+$/.test(name) && isYounger(Number(name)))
    .filter(pid => {
      const environment = `\0${read(`/proc/${pid}/environ`) ?? ''}`
      return wanted.every(variable => environment.includes(variable))
    })
    .map(Number)
}

/** Kills all processes that were started with all of these variables, and those they start meanwhile. */
export function killByEnvironment(variables: Readonly<Record<string, string>>, younger?: number): void {
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = findByEnvironment(variables, younger)
    if (found.length === 0) return
    for (const pid of found) signal(pid, 'SIGKILL')
  }
}

/** Sends a signal; a process that is gone already is fine. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // ESRCH: it ended in the meantime, which is what the signal was for.
  }
}

/** Pids are given out in turn, and again from the first one when the last one was; the kernel tells the latest. */
function youngerThan(pid: number): (other: number) => boolean {
  const latest = Number((read('/proc/loadavg') ?? '').trim().split(' ').at(-1) || Number.NaN)
  if (Number.isNaN(latest)) return () => true
  return latest >= pid ? other => other > pid && other <= latest : other => other > pid || other <= latest
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return undefined // the process has ended, or belongs to somebody else
  }
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return [] // as above; or a system without /proc
  }
}
