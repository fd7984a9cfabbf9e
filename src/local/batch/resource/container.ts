import type { EnvironmentVariable } from '../submission.ts'
import type { Members } from '../wire/members.ts'
import { clientException } from '../wire/wire-error.ts'
import type { ContainerProperties } from './records.ts'
import { parseRequirements } from './requirements.ts'

/** Reads `containerProperties`; what only a real container host can act on is kept as it came. */
export function parseContainerProperties(members: Members): ContainerProperties {
  const { vcpus: _vcpus, memory: _memory, ...others } = members.values
  return {
    ...others,
    image: members.requiredText('image'),
    command: parseCommand(members) ?? [],
    environment: parseEnvironment(members),
    resourceRequirements: parseRequirements(members),
  }
}

/** Reads `command`; an empty one overrides nothing. */
export function parseCommand(members: Members): readonly string[] | undefined {
  const command = members.texts('command') ?? []
  if (command.includes('')) throw clientException('command must not contain an empty string.')
  return command.length === 0 ? undefined : command
}

export function parseEnvironment(members: Members): readonly EnvironmentVariable[] {
  return (members.list('environment') ?? []).map(parseVariable)
}

function parseVariable(members: Members): EnvironmentVariable {
  const name = members.requiredText('name')
  if (name.startsWith('AWS_BATCH')) {
    throw clientException(
      `environment: ${name} is reserved; names that begin with AWS_BATCH are set by Batch.`,
    )
  }
  if (/[=\0]/.test(name))
    throw clientException(`environment: ${JSON.stringify(name)} is no name for a variable.`)
  return { name, value: members.text('value') ?? '' }
}
