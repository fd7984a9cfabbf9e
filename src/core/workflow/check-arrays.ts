import { type Draft, isWritten, jobsOf, namesAt } from './draft.ts'
import { shown, shownName } from './escape-text.ts'
import { parseItemSource } from './item-source.ts'
import type { Path, Problem } from './problem.ts'
import type { JobFile } from './workflow-schema.ts'

const ARRAY_MEND = 'Give it `array` with 2 children or more.'

/** E130 and E138: where items come from. E131 and E132: dependencies between the children of arrays. */
export function* checkArrays(draft: Draft): Generator<Problem> {
  const jobs = new Map(jobsOf(draft))
  for (const [name, job] of jobs) {
    yield* checkItems(draft, ['jobs', name, 'array'], job.array)
    if (job.sequential && !isArray(draft, name, job)) {
      const message = `${shownName(name)} is no array: it has no children to run one after another.`
      yield { code: 'E132', path: ['jobs', name, 'sequential'], message, mend: ARRAY_MEND }
    }
    for (const [index, entry] of (job.dependsOn ?? []).entries()) {
      if (typeof entry === 'string' || entry.type !== 'N_TO_N') continue
      const other = jobs.get(entry.job)
      if (!other || entry.job === name) continue
      yield* checkPair(draft, ['jobs', name, 'dependsOn', index, 'type'], [name, job], [entry.job, other])
    }
  }
}

function* checkItems(draft: Draft, path: Path, array: JobFile['array']): Generator<Problem> {
  if (typeof array !== 'object') return
  const kinds = namesAt(draft, path)
  if (kinds.length !== 1) {
    const message =
      kinds.length === 0
        ? 'The array does not say what its children are for.'
        : `The children of an array are for one thing, not ${kinds.join(', ')}.`
    return yield { code: 'E130', path, message, mend: 'Write one of items, lines and objects.' }
  }
  const { lines, objects } = array
  if (lines !== undefined) yield* checkSource([...path, 'lines'], lines)
  if (objects !== undefined) yield* checkSource([...path, 'objects'], objects)
}

function* checkSource(path: Path, uri: string): Generator<Problem> {
  const source = parseItemSource(uri)
  if (source === undefined) {
    const message = `${shown(uri)} does not say which bucket it is in, and the function that reads it needs a permission.`
    const mend =
      'Begin with `s3://BUCKET/`, `s3://${stack.NAME}/`, `s3://${trigger.bucket}/` or `${run.output}/`; `${trigger.uri}` and `${trigger.objects}` are fine too.'
    yield { code: 'E138', path, message, mend }
  } else if (path.at(-1) === 'lines' && (source.key === '' || source.key.endsWith('/'))) {
    const message = `${shown(uri)} is a folder, not a file of lines.`
    yield {
      code: 'E138',
      path,
      message,
      mend: 'Name the file, or write `objects` for a child for each object.',
    }
  }
}

type NamedJob = readonly [name: string, job: JobFile]

function* checkPair(draft: Draft, path: Path, one: NamedJob, other: NamedJob): Generator<Problem> {
  const late = [one, other].find(([, job]) => isReadLater(job))
  if (late) {
    const message = `N_TO_N joins children that are known before, and ${shownName(late[0])} has its items read when its dependencies have ended.`
    return yield { code: 'E132', path, message, mend: 'Leave `type` out.' }
  }
  const single = [one, other].find(([name, job]) => !isArray(draft, name, job))
  const [size, otherSize] = [childrenOf(one[1]), childrenOf(other[1])]
  if (single) {
    const message = `N_TO_N joins the children of two arrays, and ${shownName(single[0])} is no array.`
    yield { code: 'E132', path, message, mend: `${ARRAY_MEND.slice(0, -1)}, or leave \`type\` out.` }
  } else if (size !== undefined && otherSize !== undefined && size !== otherSize) {
    const message = `N_TO_N joins arrays of one size: ${shownName(one[0])} has ${size} children, ${shownName(other[0])} has ${otherSize}.`
    yield { code: 'E131', path, message, mend: 'Make the sizes equal, or leave `type` out.' }
  }
}

/** Items fewer than two become a plain job, or none. An array of faulty shape counts as one. */
function isArray(draft: Draft, name: string, job: JobFile): boolean {
  const children = childrenOf(job)
  return children === undefined ? isWritten(draft, ['jobs', name, 'array']) : children > 1
}

function childrenOf({ array }: JobFile): number | undefined {
  return typeof array === 'object' ? array.items?.length : array
}

function isReadLater({ array }: JobFile): boolean {
  return typeof array === 'object' && array.items === undefined
}
