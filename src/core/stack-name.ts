import { BatchwiseError } from './errors.ts'

/** The stack's name is at most 19 characters, for it is in every job name. */
const STAGE = /^[a-z0-9][a-z0-9-]{0,8}$/

/**
 * `batchwise-<stage>`: the first part of every job's name, and of the names that CloudFormation makes.
 *
 * @throws BatchwiseError E_STAGE for a stage with which names would get too long, or that they cannot hold
 */
export function stackNameOf(stage: string): string {
  if (STAGE.test(stage)) return `batchwise-${stage}`
  throw new BatchwiseError(
    'E_STAGE',
    `"${stage.slice(0, 80)}" is not a stage: 1 to 9 characters of a-z, 0-9 and "-". Choose another with --stage.`,
  )
}
