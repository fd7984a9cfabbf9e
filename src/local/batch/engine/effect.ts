import type { Job, JobState } from './job.ts'

/** What the engine asks the world outside to do, in this order. */
export type Effect =
  /** A job was accepted: remember it. */
  | { readonly type: 'submitted'; readonly job: Job }
  /** Call `evaluate` soon: jobs wait in SUBMITTED. */
  | { readonly type: 'evaluate' }
  /** An array's children were made. */
  | { readonly type: 'spawned'; readonly job: Job; readonly at: number }
  /** A job is in another status: remember it and tell everybody. */
  | { readonly type: 'changed'; readonly job: Job; readonly state: JobState; readonly before: JobState }
  /** Something about a job changed, but not its status: remember it. */
  | { readonly type: 'noted'; readonly job: Job; readonly state: JobState; readonly before: JobState }
  | { readonly type: 'start'; readonly job: Job; readonly task: string }
  /** End this attempt: SIGTERM, and SIGKILL after the grace. */
  | { readonly type: 'stop'; readonly job: Job; readonly task: string }
  /** Kill this attempt at once; nobody waits for its end. */
  | { readonly type: 'kill'; readonly job: Job; readonly task: string }
  /** Call `timedOut` at this time, unless the attempt has ended by then. */
  | { readonly type: 'watch'; readonly job: Job; readonly task: string; readonly at: number }
  /** The head of a queue cannot start as things are: tell everybody. */
  | { readonly type: 'blocked'; readonly job: Job; readonly state: JobState; readonly at: number }
  /** Call `limitReached` at this time; the queue has one such time, the latest asked for. */
  | { readonly type: 'limit'; readonly job: Job; readonly at: number }
  /** A finished job is past its retention. */
  | { readonly type: 'forgotten'; readonly job: Job }
