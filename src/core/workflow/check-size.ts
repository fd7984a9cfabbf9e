import { gzipSync } from 'node:zlib'
import { type Draft, jobNamesOf } from './draft.ts'
import type { Problem } from './problem.ts'
import { recordOf, valueAt } from './tree.ts'
import type { Workflow } from './workflow.ts'

const MOST_JOBS = 1000
const MOST_COMPRESSED_BYTES = 300 * 1024

/** E170, and E114 for a workflow without jobs. */
export function* checkJobCount(draft: Draft): Generator<Problem> {
  const count = jobNamesOf(draft).length
  if (count > MOST_JOBS) {
    const message = `The workflow has ${count} jobs, over the ${MOST_JOBS} allowed.`
    yield { code: 'E170', path: ['jobs'], at: 'key', message, mend: 'Use an `array` for equal jobs.' }
  } else if (count === 0 && recordOf(valueAt(draft.raw, ['jobs']))) {
    yield {
      code: 'E114',
      path: ['jobs'],
      at: 'key',
      message: 'The workflow has no job.',
      mend: 'Write at least one.',
    }
  }
}

/** E171: every run refers to its definition, which has to fit into one item of the table. */
export function* checkDefinitionSize(workflow: Workflow): Generator<Problem> {
  const json = JSON.stringify(workflow)
  if (json.length <= MOST_COMPRESSED_BYTES / 4) return // even without any compression
  const bytes = gzipSync(json).byteLength
  if (bytes <= MOST_COMPRESSED_BYTES) return
  const message = `The workflow is ${bytes} bytes compressed, over the ${MOST_COMPRESSED_BYTES} allowed.`
  yield { code: 'E171', path: [], message, mend: 'Move long texts into the image, or split the workflow.' }
}
