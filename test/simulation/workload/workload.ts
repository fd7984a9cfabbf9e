import type { Definition } from '../../../src/core/run/definition.ts'
import type { ItemKey } from '../../../src/core/run/item-write.ts'
import type { RunStatus } from '../../../src/core/run/run.ts'
import type { Collect, Overlap } from '../../../src/core/workflow/workflow.ts'

export const STACK = 'simulated'

/** What people and other systems do from outside, before any run exists. */
export interface Workload {
  /** As deployed at the start, and after a deploy at `deployAt` (milliseconds after the start). */
  readonly definitions: readonly Definition[]
  readonly later: readonly Definition[]
  readonly deployAt: number
  readonly triggers: readonly Trigger[]
  /** The runs that these triggers must start, each once. */
  readonly runIds: ReadonlySet<string>
  readonly firings?: readonly ExpectedFiring[]
  /** Workflows that begin when a run of another ends so. */
  readonly followers?: readonly {
    readonly workflow: string
    readonly of: string
    readonly status: RunStatus
  }[]
  readonly sets?: readonly ExpectedSet[]
}

/** A firing of a schedule, with the place of what was decided about it. */
export interface ExpectedFiring {
  readonly runId: string
  readonly key: ItemKey
  readonly overlap: Overlap
}

/** The objects of one set. */
export interface ExpectedSet {
  readonly workflow: string
  /** As the run's identity has it. */
  readonly trigger: string
  readonly by: string
  readonly keys: readonly string[]
  readonly late: Collect['late']
}

export interface Trigger {
  readonly type: 'object' | 'request' | 'firing'
  /** Milliseconds after the start. */
  readonly at: number
  readonly body: string
}
