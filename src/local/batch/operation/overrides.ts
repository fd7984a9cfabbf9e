import { parseCommand, parseEnvironment } from '../resource/container.ts'
import type { ResourceRequirement } from '../resource/records.ts'
import { parseRequirements } from '../resource/requirements.ts'
import type { EnvironmentVariable } from '../submission.ts'
import { Members } from '../wire/members.ts'

/** What a job changes of its definition's container. */
export interface Overrides {
  readonly command: readonly string[] | undefined
  readonly environment: readonly EnvironmentVariable[]
  readonly resourceRequirements: readonly ResourceRequirement[]
}

/**
 * Reads `containerOverrides`. The older `vcpus` and `memory` are accepted and not honoured: definitions keep their
 * resources as `resourceRequirements`, which those cannot override.
 *
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerOverrides.html
 */
export function parseOverrides(members: Members | undefined): Overrides {
  if (members === undefined) return { command: undefined, environment: [], resourceRequirements: [] }
  members.refuse('instanceType')
  const { vcpus: _vcpus, memory: _memory, ...others } = members.values
  return {
    command: parseCommand(members),
    environment: parseEnvironment(members),
    resourceRequirements: parseRequirements(new Members(others, 'containerOverrides')),
  }
}
