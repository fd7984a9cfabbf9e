import type { Now } from '../wire/face.ts'
import type { QueueCommands } from './queues.ts'

/**
 * Resolves when a message may be visible, at the deadline (milliseconds since the epoch), or when the signal aborts,
 * whichever is first.
 */
export async function nextWake(
  queues: Pick<QueueCommands, 'onMessage' | 'nextVisibleAt'>,
  queue: string,
  now: Now,
  deadline: number,
  signal: AbortSignal,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const wake = () => resolve()
  const until = Math.min(deadline, queues.nextVisibleAt(queue) ?? deadline)
  const timer = setTimeout(wake, Math.max(0, until - now()))
  const stopListening = queues.onMessage(queue, wake)
  signal.addEventListener('abort', wake)
  try {
    await promise
  } finally {
    clearTimeout(timer)
    stopListening()
    signal.removeEventListener('abort', wake)
  }
}
