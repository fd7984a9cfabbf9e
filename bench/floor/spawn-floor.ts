import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { measured, type Spread, timed } from '../spread.ts'

/** Milliseconds from the call of spawn to the exit of `/bin/true`, behind a prefix such as `unshare`'s. */
export function spawnFloor(prefix: readonly string[]): Promise<Spread> {
  return measured({ warmUp: 10, count: 40 }, () => timed(() => runTrue(prefix)))
}

/** Milliseconds for `count` of them, so many at once. */
export function spawnLoop(prefix: readonly string[], count: number, atOnce: number): Promise<number> {
  let left = count
  const worker = async () => {
    while (left > 0) {
      left -= 1
      await runTrue(prefix)
    }
  }
  return timed(() => Promise.all(Array.from({ length: atOnce }, worker)))
}

async function runTrue(prefix: readonly string[]): Promise<void> {
  const [program = '', ...rest] = [...prefix, '/bin/true']
  await once(spawn(program, rest, { detached: true, stdio: 'ignore' }), 'exit')
}
