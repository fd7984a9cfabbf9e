import type { DiagnosticCode } from './diagnostic.ts'
import { didYouMean } from './did-you-mean.ts'
import { shown, shownName } from './escape-text.ts'
import { Job, JobArrayItems, JobDependency } from './job-schema.ts'
import type { Path, Problem } from './problem.ts'
import { EvaluateOnExit, Retry } from './retry-schema.ts'
import { valueAt } from './tree.ts'
import {
  AfterTrigger,
  Collect,
  CollectUntil,
  EventTrigger,
  ObjectTrigger,
  ScheduleTrigger,
  Trigger,
} from './trigger-schema.ts'
import { Alerts, Concurrency, Defaults, Parameter, WorkflowFile } from './workflow-schema.ts'

/** What the schema found, in as far as messages need it. */
export interface ShapeIssue {
  readonly code: string
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly keys?: readonly string[]
  readonly issues?: readonly ShapeIssue[]
  readonly errors?: readonly (readonly ShapeIssue[])[]
}

/** Codes of faulty values by where they stand, first match; anything else is E114. */
const CODES: readonly (readonly [RegExp, DiagnosticCode])[] = [
  [/^workflow$/, 'E112'],
  [/^jobs \S+ array\b/, 'E130'],
  [/^jobs \S+ tolerate$/, 'E133'],
  [/^(jobs \S+|defaults) retry\b/, 'E134'],
  [/^(jobs \S+|defaults) timeout$/, 'E135'],
  [/^jobs \S+ (vcpu|memory|gpu|platform|architecture|storage)$/, 'E137'],
  [/^parameters \S+ (type|default)$/, 'E180'],
  [/^triggers \S+ schedule (cron|rate)$/, 'E160'],
  [/^triggers \S+ schedule timezone$/, 'E161'],
]

const KNOWN_KEYS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^$/, Object.keys(WorkflowFile.shape)],
  [/^alerts$/, Object.keys(Alerts.shape)],
  [/^concurrency$/, Object.keys(Concurrency.shape)],
  [/^defaults$/, Object.keys(Defaults.shape)],
  [/^parameters \S+$/, Object.keys(Parameter.shape)],
  [/^triggers \S+$/, Object.keys(Trigger.shape)],
  [/^triggers \S+ object$/, Object.keys(ObjectTrigger.shape)],
  [/^triggers \S+ object collect$/, Object.keys(Collect.shape)],
  [/^triggers \S+ object collect until$/, Object.keys(CollectUntil.shape)],
  [/^triggers \S+ schedule$/, Object.keys(ScheduleTrigger.shape)],
  [/^triggers \S+ event$/, Object.keys(EventTrigger.shape)],
  [/^triggers \S+ after$/, Object.keys(AfterTrigger.shape)],
  [/^jobs \S+$/, Object.keys(Job.shape)],
  [/^jobs \S+ array$/, Object.keys(JobArrayItems.shape)],
  [/^jobs \S+ dependsOn \S+$/, Object.keys(JobDependency.shape)],
  [/ retry$|^defaults retry$/, Object.keys(Retry.shape)],
  [/ evaluateOnExit \S+$/, Object.keys(EvaluateOnExit.shape)],
]

/** One fault of the shape, as problems: of a union the branch that was meant, of unknown keys one each. */
export function shapeProblems(root: unknown, issue: ShapeIssue, above: Path = []): readonly Problem[] {
  const path = [
    ...above,
    ...issue.path.map(segment => (typeof segment === 'number' ? segment : String(segment))),
  ]
  if (issue.code === 'unrecognized_keys') return (issue.keys ?? []).map(key => unknownKey([...path, key]))
  const branch = issue.code === 'invalid_union' ? meantBranch(issue) : undefined
  if (branch) return branch.flatMap(inner => shapeProblems(root, inner, path))
  if (issue.code === 'invalid_key') return [invalidName(path, issue)]
  return [faultyValue(valueAt(root, path), path, issue.message)]
}

/** The only branch that took the kind of value there is, and found fault inside it. */
function meantBranch(issue: ShapeIssue): readonly ShapeIssue[] | undefined {
  const meant = (issue.errors ?? []).filter(branch =>
    branch.every(inner => inner.path.length > 0 || inner.code === 'unrecognized_keys'),
  )
  return meant.length === 1 ? meant[0] : undefined
}

function unknownKey(path: Path): Problem {
  const key = String(path.at(-1))
  const known = lookedUp(KNOWN_KEYS, path.slice(0, -1)) ?? []
  const meant = didYouMean(key, known)
  const mend = meant ? `Did you mean ${shownName(meant)}?` : `Known here: ${known.join(', ')}.`
  return { code: 'E110', path, at: 'key', message: `The key ${shownName(key)} is unknown.`, mend }
}

function invalidName(path: Path, issue: ShapeIssue): Problem {
  const message = `${shownName(String(path.at(-1)))} cannot be a name here.`
  const pattern = issue.issues?.[0]?.message ?? issue.message
  return { code: 'E112', path, at: 'key', message, mend: `Use ${pattern}.` }
}

function faultyValue(value: unknown, path: Path, expected: string): Problem {
  const found = lookedUp(CODES, path) ?? 'E114'
  const mend = `Write ${expected}.`
  if (value === undefined) {
    const message = `${shownName(String(path.at(-1) ?? 'workflow'))} is missing.`
    return { code: found === 'E112' ? 'E114' : found, path, message, mend }
  }
  const code = found === 'E112' && typeof value !== 'string' ? 'E114' : found
  return { code, path, message: `${kindOf(value)} does not fit here.`, mend }
}

function kindOf(value: unknown): string {
  if (value === null) return 'An empty value'
  if (Array.isArray(value)) return 'A list'
  return typeof value === 'object' ? 'A mapping' : shown(value)
}

function lookedUp<Found>(table: readonly (readonly [RegExp, Found])[], path: Path): Found | undefined {
  const text = path.map(segment => String(segment).replaceAll(' ', '_')).join(' ')
  return table.find(([pattern]) => pattern.test(text))?.[1]
}
