import { isReadLater } from '../core/run/definition.ts'
import { parseItemSource } from '../core/workflow/item-source.ts'
import { render } from '../core/workflow/look-up.ts'
import type { Trigger, Workflow } from '../core/workflow/workflow.ts'
import type { Expression } from './template/cloudformation.ts'
import { placeholders, type StackNames, withStackNames } from './template/stack-names.ts'
import { triggerBuckets } from './trigger-buckets.ts'

/** Where `lines`, `objects` and manifests of sets are read: a bucket, and how the keys begin. */
export interface ItemPlace {
  readonly bucket: Expression
  readonly head: string
}

/** The places that workflows name; what only a run knows of a key may be anything. */
export function itemPlaces(workflows: readonly Workflow[], names: StackNames): readonly ItemPlace[] {
  const places = workflows.flatMap(workflow => [
    ...Object.values(workflow.jobs).flatMap(({ array }) =>
      isReadLater(array) ? placesOf(array.uri, workflow, names) : [],
    ),
    ...workflow.triggers.flatMap(trigger => manifestPlaces(trigger, names)),
  ])
  return [...new Map(places.map(place => [JSON.stringify(place), place])).values()]
}

function placesOf(uri: string, workflow: Workflow, names: StackNames): readonly ItemPlace[] {
  const source = parseItemSource(uri)
  switch (source?.bucket.type) {
    case undefined:
      return [] // E138 refuses it
    case 'named': {
      const name = render(source.bucket.name, { stack: placeholders(names) })
      return [{ bucket: withStackNames(name, names) as Expression, head: headOf(source.key) }]
    }
    case 'output':
      return [{ bucket: names['outputBucket'] ?? '', head: '' }]
    case 'trigger':
      return triggerBuckets([workflow], names).map(bucket => ({ bucket, head: '' }))
  }
}

function manifestPlaces(trigger: Trigger, names: StackNames): readonly ItemPlace[] {
  if (trigger.type !== 'object' || trigger.collect?.until.type !== 'manifest') return []
  const name = render(trigger.bucket, { stack: placeholders(names) })
  const head = trigger.key.replace(/[^/]*$/, '').replace(/[{*][\s\S]*$/, '')
  return [{ bucket: withStackNames(name, names) as Expression, head }]
}

function headOf(key: string): string {
  return key.replace(/\$[\s\S]*$/, '')
}
