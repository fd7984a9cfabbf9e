import { BatchwiseError } from '../errors.ts'
import { readPattern } from './check-triggers.ts'
import { type Draft, triggersOf } from './draft.ts'
import { parseDuration } from './duration.ts'
import { shown, shownName } from './escape-text.ts'
import { parseTemplate } from './look-up.ts'
import type { Path, Problem } from './problem.ts'
import type { TriggerFile } from './trigger-schema.ts'

type ObjectFile = NonNullable<TriggerFile['object']>
type CollectFile = NonNullable<ObjectFile['collect']>

/** E155 and E136: how objects are gathered to sets. */
export function* checkCollect(draft: Draft): Generator<Problem> {
  for (const [index, object] of triggersOf(draft, 'object')) {
    if (object.collect === undefined) continue
    const path = ['triggers', index, 'object', 'collect']
    yield* checkUntil(path, object.collect)
    yield* checkBy(path, object, object.collect)
    yield* checkSpan([...path, 'deadline'], object.collect.deadline)
    yield* checkSpan([...path, 'until', 'quiet'], object.collect.until.quiet)
  }
}

function* checkUntil(path: Path, { until }: CollectFile): Generator<Problem> {
  const kinds = Object.keys(until)
  if (kinds.length === 1) return
  const message =
    kinds.length === 0
      ? '`until` does not say when a set is closed.'
      : `A set is closed by one thing, not ${kinds.join(', ')}.`
  yield {
    code: 'E155',
    path: [...path, 'until'],
    message,
    mend: 'Write one of count, quiet, marker and manifest.',
  }
}

/** A marker and a manifest have only the captures of the folder that they lie in. */
function* checkBy(path: Path, { key }: ObjectFile, { by, until }: CollectFile): Generator<Problem> {
  const closer = (['marker', 'manifest'] as const).find(kind => until[kind] !== undefined)
  const folder = closer === undefined ? key : key.slice(0, key.lastIndexOf('/') + 1)
  const pattern = readPattern(folder === '' ? '*' : folder)
  if (pattern instanceof BatchwiseError) return
  const known = ['bucket', ...pattern.captures]
  for (const part of parseTemplate(by)) {
    if (part.type === 'text') continue
    const name =
      part.type === 'lookUp' && part.path[0] === 'trigger' ? part.path.slice(1).join('.') : undefined
    if (name !== undefined && known.includes(name)) continue
    const what = part.type === 'lookUp' ? `\${${part.name}}` : part.text
    const where = closer === undefined ? 'the key' : `the folder of the key, where the ${closer} lies`
    const message = `${shownName(what)} is no capture of ${where}.`
    const mend = `Known: ${known.map(known => shownName(`\${trigger.${known}}`)).join(', ')}.`
    yield { code: 'E155', path: [...path, 'by'], at: { value: part }, message, mend }
  }
}

function* checkSpan(path: Path, written: number | string | undefined): Generator<Problem> {
  if (written === undefined) return
  const seconds = parseDuration(written)
  if (seconds !== undefined && seconds >= 1) return
  const message = `${shown(written)} is no duration.`
  yield { code: 'E136', path, message, mend: 'Write seconds, or a text with a unit, like 5m.' }
}
