import { type HostContext, reportOf } from './host-context.ts'
import { invoke } from './invoke.ts'
import type { LoadedFunction } from './load-function.ts'
import { pauseUntil } from './pause.ts'

/** Milliseconds before the second and the third try. @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
export const LAMBDAS_RETRY_DELAYS: readonly number[] = [60_000, 120_000]

/**
 * Invokes as Lambda does for an event nobody waits for: after a failure again, once for each delay, then the event is
 * given up. Each try is reported; the event is lost when the process ends.
 *
 * @param eventOf makes the event anew for each try, so that a handler that changes it changes only its own
 */
export async function invokeAsynchronously(
  loaded: LoadedFunction,
  eventOf: () => unknown,
  host: HostContext,
  retryDelays: readonly number[],
): Promise<void> {
  for (const delay of [...retryDelays, undefined]) {
    const outcome = await invoke(loaded, eventOf(), host.queues.identity, host.now)
    const failed = outcome.status === 'failed'
    const gaveUp = failed && delay === undefined ? { gaveUp: true as const } : {}
    host.report({ ...reportOf(loaded.definition.name, outcome), ...gaveUp })
    if (!failed || delay === undefined) return
    await pauseUntil(host.now() + delay, host.now, host.stopping)
    if (host.stopping.aborted) return
  }
}
