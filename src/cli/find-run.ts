import type { RunList } from '../aws/run-list.ts'
import { LEAST_ID_LETTERS } from '../aws/table.ts'
import { BatchwiseError } from '../core/errors.ts'
import type { Connection } from './connection.ts'

const WHOLE_ID = 26
/** So many are named when letters fit several runs. */
const NAMED = 5

/**
 * The whole id of a run that is given by its first letters.
 *
 * @throws BatchwiseError E_RUN_UNKNOWN, E_RUN_AMBIGUOUS, E_USAGE
 */
export async function findRunId(
  text: string,
  runs: Pick<RunList, 'withPrefix'>,
  { place }: Pick<Connection, 'place'>,
): Promise<string> {
  const prefix = text.toLowerCase()
  if (!/^[a-z2-7]{1,26}$/.test(prefix)) {
    throw new BatchwiseError(
      'E_USAGE',
      `"${text.slice(0, 80)}" is not the id of a run: 26 letters a-z and digits 2-7, or the first of them. \`batchwise runs\` lists them.`,
    )
  }
  if (prefix.length === WHOLE_ID) return prefix
  if (prefix.length < LEAST_ID_LETTERS) {
    throw new BatchwiseError('E_USAGE', `Give at least ${LEAST_ID_LETTERS} letters of the run's id.`)
  }
  const [only, ...others] = await runs.withPrefix(prefix, NAMED + 1)
  if (only === undefined) throw unknownRun(prefix, place)
  if (others.length === 0) return only
  const named = [only, ...others].slice(0, NAMED).join(', ')
  const more = others.length >= NAMED ? ' and more' : ''
  throw new BatchwiseError(
    'E_RUN_AMBIGUOUS',
    `"${prefix}" fits several runs: ${named}${more}. Give more letters.`,
  )
}

export function unknownRun(runId: string, place: string): BatchwiseError {
  return new BatchwiseError(
    'E_RUN_UNKNOWN',
    `There is no run "${runId}" in ${place}. \`batchwise runs\` lists the runs; they are kept 90 days after their end.`,
  )
}
