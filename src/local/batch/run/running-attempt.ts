import type { AttemptEnd } from '../engine/retry.ts'

/** An attempt under way, as a process tree or in a container. */
export interface RunningAttempt {
  /** Rejects when it could not be started at all. */
  readonly ended: Promise<AttemptEnd>
  /** SIGTERM to the main process, and SIGKILL to all after the grace, in milliseconds. */
  stop(grace: number): void
  kill(): void
  /** Kills the attempt when it takes more than `limit` bytes, if nobody else sees to that. */
  checkMemory(limit: number): void
}
