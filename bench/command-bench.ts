import { execFile } from 'node:child_process'
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Result, Row } from './result.ts'
import { spreadOf, timed } from './spread.ts'
import { inTempFolder } from './temp-folder.ts'

const run = promisify(execFile)
const ROUNDS = 15
/** Of an empty program, and milliseconds on top. */
const SHARE = 1.5
const MORE = 60

/** How soon the command answers, from its sources and as it is published, beside an empty program. */
export function commandBench(root: string): Promise<Result> {
  return inTempFolder(async folder => {
    const published = await publish(root, folder)
    return {
      rows: [
        await helpRow('batchwise --help, of a clone', join(root, 'bin/batchwise.js')),
        await helpRow('batchwise --help, of the package', published),
      ],
    }
  })
}

/** The command as the package has it. @returns its path */
async function publish(root: string, folder: string): Promise<string> {
  await run(process.execPath, [join(root, 'bin/bundle.ts'), join(folder, 'dist')], { cwd: root })
  await mkdir(join(folder, 'bin'))
  await cp(join(root, 'bin/batchwise.js'), join(folder, 'bin/batchwise.js'))
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  return join(folder, 'bin/batchwise.js')
}

async function helpRow(name: string, command: string): Promise<Row> {
  const empty: number[] = []
  const help: number[] = []
  const time = (...args: readonly string[]) => timed(() => run(process.execPath, [...args]))
  await time(command, '--help') // compiles once; the next starts find it compiled
  // By turns: what else the machine does falls on both.
  for (let round = 0; round < ROUNDS; round++) {
    empty.push(await time('-e', '0'))
    help.push(await time(command, '--help'))
  }
  const floor = spreadOf(empty).median
  return {
    name,
    unit: 'ms',
    target: Math.round(floor * SHARE + MORE),
    measured: spreadOf(help),
    floor: { of: 'node -e 0', value: floor },
  }
}
