import { spawnSync } from 'node:child_process'
import { childrenOf, killByEnvironment, signal } from './process-tree.ts'

/** How the processes of an attempt are kept together, so that all of them can be killed. */
export interface Isolation {
  /** What the command is put behind. */
  readonly prefix: readonly string[]
  /** The process that gets SIGTERM, as the main process of a container does; undefined while there is none yet. */
  readonly mainProcess: (pid: number) => number | undefined
  /** Kills what `spawn` gave this pid with everything it started, as the variables tell. */
  readonly kill: (pid: number, variables: Readonly<Record<string, string>>) => void
  /** Kills what is left when the main process has ended, after so many milliseconds. */
  readonly sweep: (pid: number, variables: Readonly<Record<string, string>>, age: number) => void
}

/** Milliseconds in which no machine gives out all its pids once: until then, younger processes have later ones. */
const SOON = 5000

/** If this process dies, so does `unshare`, so does the first process of the namespace, so do all in it. */
const NAMESPACE = ['--pid', '--fork', '--kill-child', '--mount-proc', '--']
const AS_ROOT = ['setpriv', '--pdeathsig', 'KILL', 'unshare', ...NAMESPACE]
const AS_USER = ['setpriv', '--pdeathsig', 'KILL', 'unshare', '--user', '--map-current-user', ...NAMESPACE]

/** Finds the best way this machine has: a process namespace as root or as a user, else process groups. */
export function probeIsolation(): Isolation {
  const prefix = [AS_ROOT, AS_USER].find(works)
  return prefix === undefined ? PROCESS_GROUP : namespace(prefix)
}

function works(prefix: readonly string[]): boolean {
  const [command = '', ...rest] = prefix
  return spawnSync(command, [...rest, '/bin/true'], { stdio: 'ignore' }).status === 0
}

/** The kernel kills all processes of a namespace with its first one. */
function namespace(prefix: readonly string[]): Isolation {
  const mainProcess = (pid: number) => childrenOf(pid)[0]
  const kill = (pid: number) => {
    const main = mainProcess(pid)
    // `unshare` first: were it to see its child end by SIGKILL, it would complain into the job's log and exit with 1.
    signal(pid, 'SIGKILL')
    if (main !== undefined) signal(main, 'SIGKILL')
  }
  return { prefix, mainProcess, kill, sweep: () => undefined }
}

/** The group, and those that left it but not their environment. */
export const PROCESS_GROUP: Isolation = {
  prefix: [],
  mainProcess: pid => pid,
  kill: (pid, variables) => killGroup(pid, variables),
  sweep: (pid, variables, age) => killGroup(pid, variables, age < SOON ? pid : undefined),
}

function killGroup(pid: number, variables: Readonly<Record<string, string>>, younger?: number): void {
  signal(-pid, 'SIGKILL')
  killByEnvironment(variables, younger)
}
