import { BatchwiseError } from '../core/errors.ts'

/** The names of a stage that are known by the stage alone. */
export interface StackNames {
  readonly stage: string
  /** First part of every job name, and of the names that CloudFormation makes. */
  readonly stackName: string
  /** The bus for requests; it describes the rest of the stack. */
  readonly bus: string
}

/** The stack's name is at most 19 characters, for it is in every job name. */
const STAGE = /^[a-z0-9][a-z0-9-]{0,8}$/

/**
 * What is known of a stage by its name; local mode is the stage `local`.
 *
 * @throws BatchwiseError E_STAGE
 */
export function stackNames(stage: string): StackNames {
  if (!STAGE.test(stage)) {
    throw new BatchwiseError(
      'E_STAGE',
      `"${stage.slice(0, 80)}" is not a stage: 1 to 9 characters of a-z, 0-9 and "-".`,
    )
  }
  const stackName = `batchwise-${stage}`
  return { stage, stackName, bus: stackName }
}
