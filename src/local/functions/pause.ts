import type { Now } from '../wire/face.ts'

/** What a timer of Node can wait; beyond, it would fire at once. */
const LONGEST_TIMER = 2_147_483_647

/** Resolves at that time (milliseconds since the epoch), or as soon as the signal aborts. */
export async function pauseUntil(at: number, now: Now, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && now() < at) await pause(Math.min(at - now(), LONGEST_TIMER), signal)
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const end = () => resolve()
  const timer = setTimeout(end, Math.max(1, milliseconds))
  signal.addEventListener('abort', end)
  await promise
  clearTimeout(timer)
  signal.removeEventListener('abort', end)
}
