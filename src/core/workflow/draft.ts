import type { Path } from './problem.ts'
import { recordOf, valueAt } from './tree.ts'
import type { TriggerFile } from './trigger-schema.ts'
import type { JobFile, WorkflowFile } from './workflow-schema.ts'

/** A workflow file whose shape is checked, on its way to a `Workflow`. */
export interface Draft {
  /** As it was written: tells what a file has, faulty or not. */
  readonly raw: unknown
  /** What of it has the right shape. */
  readonly file: WorkflowFile
  /** Names that `${stack.NAME}` may have. */
  readonly stackNames: readonly string[]
}

/** The names of all jobs, also of those whose shape is at fault. */
export function jobNamesOf(draft: Draft): readonly string[] {
  return namesAt(draft, ['jobs'])
}

/** The names written at a path, whatever their values. */
export function namesAt(draft: Draft, path: Path): readonly string[] {
  return Object.keys(recordOf(valueAt(draft.raw, path)) ?? {})
}

/** Whether something is written at a path, of the right shape or not. */
export function isWritten(draft: Draft, path: Path): boolean {
  return valueAt(draft.raw, path) !== undefined
}

/** Whether every trigger is among the checked ones: else nothing can be said about what all of them have. */
export function triggersAreComplete({ raw, file }: Draft): boolean {
  const written = valueAt(raw, ['triggers'])
  return written === undefined || (Array.isArray(written) && written.length === file.triggers?.length)
}

export function jobsOf({ file }: Draft): readonly (readonly [name: string, job: JobFile])[] {
  return Object.entries(file.jobs)
}

/** The triggers of a kind, with their places in the list. */
export function triggersOf<Kind extends keyof TriggerFile>(
  { file }: Draft,
  kind: Kind,
): readonly (readonly [index: number, trigger: NonNullable<TriggerFile[Kind]>])[] {
  return [...(file.triggers ?? []).entries()].flatMap(([index, { [kind]: trigger }]) =>
    trigger === undefined ? [] : [[index, trigger] as const],
  )
}
