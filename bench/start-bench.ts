import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { residentMemoryOf, startLocalProcess } from './local-process.ts'
import type { Result } from './result.ts'
import { measured, spreadOf, timed } from './spread.ts'
import { inTempFolder } from './temp-folder.ts'

const MEGABYTE = 1_000_000
const STARTS = 3
/** Milliseconds after which a fresh process has come to rest. */
const REST = 1_500

/** How soon `batchwise local` serves, in a new folder and again, and what it takes of the memory at rest. */
export async function startBench(root: string): Promise<Result> {
  const fresh: number[] = []
  const again: number[] = []
  const memory: number[] = []
  for (let round = 0; round < STARTS; round++) {
    await inTempFolder(async folder => {
      for (const times of [fresh, again]) {
        const local = await startLocalProcess(root, folder)
        times.push(local.servingAfter)
        if (times === again) {
          await pause(REST)
          memory.push(local.residentMemory() / MEGABYTE)
        }
        await local.stop()
      }
    })
  }
  const node = await emptyNode()
  const startFloor = { of: 'node with an empty program', value: node.ms }
  return {
    rows: [
      {
        name: 'local mode serves, new folder',
        unit: 'ms',
        target: 2000,
        measured: spreadOf(fresh),
        floor: startFloor,
      },
      {
        name: 'local mode serves, folder of before',
        unit: 'ms',
        target: 2000,
        measured: spreadOf(again),
        floor: startFloor,
      },
      {
        name: 'local mode at rest, resident memory',
        unit: 'MB',
        target: 200,
        measured: spreadOf(memory),
        floor: { of: 'node with an empty program', value: node.megabytes },
      },
    ],
  }
}

async function emptyNode(): Promise<{ readonly ms: number; readonly megabytes: number }> {
  const { median } = await measured({ warmUp: 1, count: 5 }, () =>
    timed(() => once(spawn(process.execPath, ['-e', ''], { stdio: 'ignore' }), 'exit')),
  )
  const child = spawn(process.execPath, ['-e', 'console.log(1); setTimeout(() => {}, 60_000)'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await once(child.stdout, 'data')
  const megabytes = residentMemoryOf(child.pid ?? 0) / MEGABYTE
  const exited = once(child, 'exit')
  child.kill()
  await exited
  return { ms: median, megabytes }
}
