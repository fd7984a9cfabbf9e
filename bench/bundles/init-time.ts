import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** CPU time of user and system, not time on the clock: other work on the machine is not in it. */
const PROGRAM = `
  const before = process.cpuUsage()
  require(process.argv[1])
  const { user, system } = process.cpuUsage(before)
  console.log((user + system) / 1000)
`

/** Milliseconds of CPU that a fresh process takes to load a bundle. */
export async function initTime(file: string): Promise<number> {
  const { stdout } = await run(process.execPath, ['-e', PROGRAM, file])
  return Number(stdout)
}
