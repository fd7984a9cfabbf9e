import { type Draft, isWritten, jobsOf } from './draft.ts'
import { shownName } from './escape-text.ts'
import type { Path, Problem } from './problem.ts'
import type { JobFile } from './workflow-schema.ts'

const ARRAY_MEND = 'Give it `array` with 2 children or more.'

/** E131 and E132: dependencies between the children of arrays. */
export function* checkArrays(draft: Draft): Generator<Problem> {
  const jobs = new Map(jobsOf(draft))
  for (const [name, job] of jobs) {
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

type NamedJob = readonly [name: string, job: JobFile]

function* checkPair(draft: Draft, path: Path, one: NamedJob, other: NamedJob): Generator<Problem> {
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
  return typeof array === 'object' ? array.items.length : array
}
