import { execFile } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { spawnLoop } from './floor/spawn-floor.ts'
import type { Result, Row } from './result.ts'
import { spreadOf } from './spread.ts'
import { inTempFolder } from './temp-folder.ts'

const CHILDREN = 10_000
const VCPU = 0.25
const MIB = 1024 * 1024
/** How many times the plain loop it may take. */
const RUNNERS = [
  ['process groups', 'group', 1.6],
  ['process namespaces', 'namespace', 2.5],
] as const

/** An array of 10,000 children that do nothing against a plain loop of as many processes, as many at once. Minutes. */
export async function bigArrayBench(root: string): Promise<Result> {
  const atOnce = Math.floor(Math.max(1, availableParallelism()) / VCPU)
  const rows: Row[] = []
  for (const [title, isolation, factor] of RUNNERS) {
    const before = await spawnLoop([], CHILDREN, atOnce)
    const { milliseconds, mostMemory, ofSpawner } = await arrayIn(root, isolation)
    // The loop runs on both sides of what it is held against: a machine has other things to do, now more, now less.
    const loop = (before + (await spawnLoop([], CHILDREN, atOnce))) / 2
    rows.push({
      name: `array of 10,000 times /bin/true, ${atOnce} at once, ${title}`,
      ...{
        unit: 's',
        measured: spreadOf([milliseconds / 1000]),
        target: Math.round((loop * factor) / 100) / 10,
      },
      floor: { of: 'a plain loop of spawn', value: loop / 1000 },
    })
    rows.push({
      name: '  memory at most',
      unit: 'MB',
      measured: spreadOf([mostMemory / MIB]),
      target: 250,
    })
    rows.push({
      name: '  and of the process that starts jobs',
      unit: 'MB',
      measured: spreadOf([ofSpawner / MIB]),
    })
  }
  return { rows }
}

function arrayIn(root: string, isolation: string) {
  return inTempFolder(async folder => {
    const program = join(root, 'bench/big-array-child.ts')
    // As `npm start` does.
    const words = ['--max-semi-space-size=4', program, folder, isolation, String(CHILDREN)]
    const { stdout } = await promisify(execFile)(process.execPath, words)
    return JSON.parse(stdout) as {
      readonly milliseconds: number
      readonly mostMemory: number
      readonly ofSpawner: number
    }
  })
}
