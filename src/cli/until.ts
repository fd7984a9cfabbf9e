import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from './connection.ts'

/** How often a command looks again, in milliseconds: a local mode answers at once, AWS has limits and a price. */
export function pollInterval({ isLocal }: Connection): number {
  return isLocal ? 150 : 2_000
}

const PATIENCE = 30_000

/** Looks until there is an answer; undefined when there was none for half a minute. */
export async function until<Answer>(
  connection: Connection,
  look: () => Promise<Answer | undefined>,
): Promise<Answer | undefined> {
  const deadline = Date.now() + PATIENCE
  for (;;) {
    const answer = await look()
    if (answer !== undefined || Date.now() > deadline) return answer
    await sleep(pollInterval(connection))
  }
}
