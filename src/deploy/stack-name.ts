import { BatchwiseError } from '../core/errors.ts'

/**
 * `batchwise-<stage>`: the first part of every job's name.
 *
 * @throws BatchwiseError E_DEPLOY_SETTING for a stage with which names would get too long, or that they cannot hold
 */
export function stackNameOf(stage: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,8}$/.test(stage)) return `batchwise-${stage}`
  throw new BatchwiseError(
    'E_DEPLOY_SETTING',
    `The stage "${stage}" is not 1 to 9 characters of a-z, 0-9 and "-". Choose another with --stage.`,
  )
}
