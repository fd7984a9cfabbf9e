import { objectIn, textIn } from '../../core/event/event-error.ts'
import { escapeText } from '../../core/workflow/escape-text.ts'
import { matchObject } from '../../core/workflow/match-trigger.ts'
import type { Workflow } from '../../core/workflow/workflow.ts'
import type { AwsEvent } from '../../local/aws-event.ts'

/** One hint in so many milliseconds: a thousand files for no workflow are one mistake. */
const QUIET = 2_000

/**
 * Tells of objects in the input bucket that no workflow takes: somebody waits for a run that will not come.
 *
 * @param workflows resolved (`resolveStack`)
 * @returns told of every event
 */
export function tellUntaken(
  workflows: readonly Workflow[],
  inputBucket: string,
  tell: (hint: string) => void,
): (event: AwsEvent) => void {
  const wanted = workflows.flatMap(({ triggers }) =>
    triggers.flatMap(trigger =>
      trigger.type === 'object' && trigger.bucket === inputBucket ? [trigger.key] : [],
    ),
  )
  let toldAt = Number.NEGATIVE_INFINITY
  let untold = 0
  return ({ 'detail-type': type, detail, time }) => {
    if (type !== 'Object Created') return
    const bucket = textIn(objectIn(detail['bucket'])?.['name'])
    const { key, size } = objectIn(detail['object']) ?? {}
    if (bucket !== inputBucket || typeof key !== 'string' || typeof size !== 'number') return
    if (matchObject(workflows, { bucket, key, size }).length > 0) return
    if (Date.parse(time) - toldAt < QUIET) {
      untold += 1
      return
    }
    const more = untold === 0 ? '' : ` (nor ${untold} before it)`
    tell(`No workflow takes s3://${bucket}/${escapeText(key)}${more}: ${reasonOf(size, wanted)}`)
    toldAt = Date.parse(time)
    untold = 0
  }
}

function reasonOf(size: number, wanted: readonly string[]): string {
  if (wanted.length === 0) return 'none has an object trigger for this bucket.'
  const keys = `the triggers take keys like ${[...new Set(wanted)].slice(0, 3).join(' or ')}`
  return size === 0 ? `${keys}, and files that are not empty unless minSize is 0.` : `${keys}.`
}
