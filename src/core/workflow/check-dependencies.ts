import { didYouMean } from './did-you-mean.ts'
import { type Draft, jobNamesOf, jobsOf } from './draft.ts'
import { shownName } from './escape-text.ts'
import { cyclesOf, type Graph } from './graph.ts'
import type { Problem } from './problem.ts'
import type { JobFile } from './workflow-schema.ts'

/** Open dependencies Batch takes for one job. */
const MOST_NATIVE = 20
const MOST_LISTED = 10

/** E120 to E123 and W124: whom a job waits for. */
export function* checkDependencies(draft: Draft): Generator<Problem> {
  const names = jobNamesOf(draft)
  const known = new Set(names)
  for (const [name, job] of jobsOf(draft)) {
    yield* checkNames(name, job, names, known)
    if (draft.file.chaining === 'native') yield* checkNative(name, job)
    if (job.when === 'failure' && (job.dependsOn ?? []).length === 0) {
      const message = `${shownName(name)} waits for a failure but depends on nothing: it never runs.`
      yield {
        code: 'W124',
        path: ['jobs', name, 'when'],
        message,
        mend: 'Add `dependsOn`, or leave `when` out.',
      }
    }
  }
  yield* checkCycles(draft)
}

/** The name of the job that an entry of `dependsOn` waits for. */
export function dependencyName(entry: NonNullable<JobFile['dependsOn']>[number]): string {
  return typeof entry === 'string' ? entry : entry.job
}

function* checkNames(
  name: string,
  job: JobFile,
  names: readonly string[],
  known: ReadonlySet<string>,
): Generator<Problem> {
  const seen = new Set<string>()
  for (const [index, entry] of (job.dependsOn ?? []).entries()) {
    const on = dependencyName(entry)
    const path = ['jobs', name, 'dependsOn', index, ...(typeof entry === 'string' ? [] : ['job'])]
    if (on === name) {
      const message = `The job ${shownName(name)} depends on itself.`
      const mend = 'Leave it out; for children of an array one after another write `sequential: true`.'
      yield { code: 'E121', path, message, mend }
    } else if (!known.has(on)) {
      yield { code: 'E120', path, message: `There is no job ${shownName(on)}.`, mend: knownJobs(on, names) }
    } else if (seen.has(on)) {
      yield {
        code: 'E120',
        path,
        message: `The job ${shownName(on)} stands here twice.`,
        mend: 'Name it once.',
      }
    }
    seen.add(on)
  }
}

function knownJobs(name: string, names: readonly string[]): string {
  const meant = didYouMean(name, names)
  if (meant !== undefined) return `Did you mean ${shownName(meant)}?`
  const listed = names.slice(0, MOST_LISTED).map(shownName).join(', ')
  return `The jobs are ${listed}${names.length > MOST_LISTED ? ` and ${names.length - MOST_LISTED} more` : ''}.`
}

function* checkNative(name: string, job: JobFile): Generator<Problem> {
  const mend = 'Use `chaining: auto`.'
  const count = job.dependsOn?.length ?? 0
  if (count > MOST_NATIVE) {
    const message = `${shownName(name)} has ${count} dependencies; Batch chains at most ${MOST_NATIVE} natively.`
    yield { code: 'E123', path: ['jobs', name, 'dependsOn'], at: 'key', message, mend }
  }
  if (job.when !== undefined && job.when !== 'success') {
    const message = `Batch cannot chain \`when: ${job.when}\` natively.`
    yield { code: 'E123', path: ['jobs', name, 'when'], message, mend }
  }
}

function* checkCycles(draft: Draft): Generator<Problem> {
  const jobs = new Map(jobsOf(draft))
  const graph: Graph = new Map(
    [...jobs].map(([name, job]) => [name, (job.dependsOn ?? []).map(dependencyName)]),
  )
  for (const cycle of cyclesOf(graph)) {
    const [first = '', second = ''] = cycle
    if (first === second) continue
    const index = graph.get(first)?.indexOf(second) ?? 0
    const path = ['jobs', first, 'dependsOn', index]
    const message = `These jobs wait for each other: ${shownPath(cycle)}.`
    yield { code: 'E122', path, message, mend: 'Take one of these dependencies away.' }
  }
}

function shownPath(cycle: readonly string[]): string {
  const shown =
    cycle.length <= MOST_LISTED ? cycle : [...cycle.slice(0, MOST_LISTED - 1), '…', ...cycle.slice(-1)]
  return shown.join(' -> ')
}
