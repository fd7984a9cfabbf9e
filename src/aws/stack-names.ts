import { stackNameOf } from '../core/stack-name.ts'

/** The names of a stage that are known by the stage alone. */
export interface StackNames {
  readonly stage: string
  /** First part of every job name, and of the names that CloudFormation makes. */
  readonly stackName: string
  /** The bus for requests; it describes the rest of the stack. */
  readonly bus: string
}

/**
 * What is known of a stage by its name; local mode is the stage `local`.
 *
 * @throws BatchwiseError E_STAGE
 */
export function stackNames(stage: string): StackNames {
  const stackName = stackNameOf(stage)
  return { stage, stackName, bus: stackName }
}
