import type { ListedObject, ObjectLister } from '../../aws/object-lister.ts'
import type { Definition } from '../../core/run/definition.ts'
import { matchObject } from '../../core/workflow/match-trigger.ts'

/** A run that an upload would have started. */
export interface Work {
  readonly workflow: string
  readonly object: ListedObject
}

export interface WorkChoice {
  readonly bucket: string
  readonly prefix: string
  readonly workflow?: string
  /** Milliseconds; objects modified before are left alone. */
  readonly since?: number
}

/** Goes through the objects of a prefix and matches them to the triggers, as their uploads would have been. */
export async function findWork(
  lister: ObjectLister,
  definitions: readonly Definition[],
  { bucket, prefix, workflow: only, since = 0 }: WorkChoice,
): Promise<{ readonly work: readonly Work[]; readonly seen: number }> {
  const workflows = definitions
    .map(({ workflow }) => workflow)
    .filter(({ name }) => only === undefined || name === only)
  const work: Work[] = []
  let seen = 0
  for await (const object of lister.list(bucket, prefix)) {
    seen += 1
    if (object.modifiedAt < since) continue
    for (const { workflow } of matchObject(workflows, object)) work.push({ workflow: workflow.name, object })
  }
  return { work, seen }
}
