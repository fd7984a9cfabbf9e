import { dependencyName } from './check-dependencies.ts'
import { type Draft, jobsOf, triggersOf } from './draft.ts'
import type { Path } from './problem.ts'
import { recordOf } from './tree.ts'
import type { JobFile } from './workflow-schema.ts'

export type ScopeName = 'stack' | 'parameters' | 'trigger' | 'run' | 'jobs'

/** A text of a workflow file that may hold look-ups, and which. */
export interface TextSite {
  readonly path: Path
  readonly text: string
  readonly scopes: readonly ScopeName[]
  /** Jobs that `${jobs.NAME...}` may name: the dependencies. */
  readonly dependencies: readonly string[]
  /** The trigger that the text belongs to: `${trigger...}` means this one alone. */
  readonly trigger?: number
}

/** Known at deploy. */
const AT_DEPLOY: readonly ScopeName[] = ['stack']
const BEFORE_START: readonly ScopeName[] = ['stack', 'parameters', 'trigger']
const OF_TRIGGER: readonly ScopeName[] = ['stack', 'trigger']
/** What chooses where a job goes: nothing that comes with an object. */
const CHOSEN: readonly ScopeName[] = ['stack', 'parameters']
const AT_START: readonly ScopeName[] = [...CHOSEN, 'trigger', 'run']
const WHEN_SUBMITTED: readonly ScopeName[] = [...AT_START, 'jobs']

/** Every place for look-ups in a file. */
export function* textSites(draft: Draft): Generator<TextSite> {
  const { tags, defaults } = draft.file
  yield* triggerSites(draft)
  yield* inside(['concurrency', 'by'], draft.file.concurrency?.by, BEFORE_START)
  yield* inside(['tags'], tags, AT_START)
  yield* inside(['defaults', 'jobQueue'], defaults?.jobQueue, CHOSEN)
  yield* inside(['defaults', 'environment'], defaults?.environment, AT_START)
  yield* inside(['defaults', 'tags'], defaults?.tags, AT_START)
  for (const [name, job] of jobsOf(draft)) yield* jobSites(name, job)
}

function* triggerSites(draft: Draft): Generator<TextSite> {
  for (const [index, { bucket }] of triggersOf(draft, 'object')) {
    yield site(['triggers', index, 'object', 'bucket'], bucket, AT_DEPLOY)
  }
  for (const [index, { pattern }] of triggersOf(draft, 'event')) {
    yield* inside(['triggers', index, 'event', 'pattern'], pattern, AT_DEPLOY)
  }
  for (const kind of ['schedule', 'event', 'after'] as const) {
    for (const [index, { parameters }] of triggersOf(draft, kind)) {
      const path = ['triggers', index, kind, 'parameters']
      for (const found of inside(path, parameters, OF_TRIGGER)) yield { ...found, trigger: index }
    }
  }
}

const JOB_SITES: readonly (readonly [key: keyof JobFile, scopes: readonly ScopeName[]])[] = [
  ['image', AT_DEPLOY],
  ['jobRole', AT_DEPLOY],
  ['executionRole', AT_DEPLOY],
  ['secrets', AT_DEPLOY],
  ['containerProperties', AT_DEPLOY],
  ['jobDefinition', CHOSEN],
  ['jobQueue', CHOSEN],
  ['stateMachine', CHOSEN],
  ['fallback', CHOSEN],
  ['shareIdentifier', CHOSEN],
  ['array', AT_START],
  ['tags', AT_START],
  ['command', WHEN_SUBMITTED],
  ['environment', WHEN_SUBMITTED],
  ['parameters', WHEN_SUBMITTED],
  ['input', WHEN_SUBMITTED],
]

function* jobSites(name: string, job: JobFile): Generator<TextSite> {
  const dependencies = (job.dependsOn ?? []).map(dependencyName)
  for (const [key, scopes] of JOB_SITES) yield* inside(['jobs', name, key], job[key], scopes, dependencies)
}

/** All texts inside a value. */
function* inside(
  path: Path,
  value: unknown,
  scopes: readonly ScopeName[],
  dependencies: readonly string[] = [],
): Generator<TextSite> {
  if (typeof value === 'string') yield site(path, value, scopes, dependencies)
  const entries = Array.isArray(value) ? value.entries() : Object.entries(recordOf(value) ?? {})
  for (const [segment, inner] of entries) yield* inside([...path, segment], inner, scopes, dependencies)
}

function site(
  path: Path,
  text: string,
  scopes: readonly ScopeName[],
  dependencies: readonly string[] = [],
): TextSite {
  return { path, text, scopes, dependencies }
}
