import { type BatchClient, DescribeJobDefinitionsCommand, type JobDefinition } from '@aws-sdk/client-batch'

/** A registered job definition. */
export interface DescribedDefinition {
  readonly name: string
  readonly revision: number
  readonly command: readonly string[]
  readonly image?: string
  /** ARNs of the roles of its jobs, and of who starts them. */
  readonly roles: readonly string[]
}

export interface DefinitionReader {
  /** The revision that a name, a name with a revision, or an ARN stands for; undefined if it is not active. */
  latest(definition: string): Promise<DescribedDefinition | undefined>
}

export function createDefinitionReader(client: BatchClient): DefinitionReader {
  return {
    async latest(definition) {
      const { name, revision } = partsOf(definition)
      const { jobDefinitions = [] } = await client.send(
        new DescribeJobDefinitionsCommand({ jobDefinitionName: name, status: 'ACTIVE' }),
      )
      const found = jobDefinitions
        .filter(known => revision === undefined || known.revision === revision)
        .sort((a, b) => (b.revision ?? 0) - (a.revision ?? 0))[0]
      return found && described(name, found)
    },
  }
}

function described(name: string, { revision = 0, containerProperties }: JobDefinition): DescribedDefinition {
  const { command = [], image, jobRoleArn, executionRoleArn } = containerProperties ?? {}
  const roles = [jobRoleArn, executionRoleArn].flatMap(role => role || [])
  return { name, revision, command, roles, ...(image !== undefined && { image }) }
}

function partsOf(definition: string): { readonly name: string; readonly revision: number | undefined } {
  const [name = '', revision] = definition.slice(definition.lastIndexOf('/') + 1).split(':')
  return { name, revision: revision === undefined ? undefined : Number(revision) }
}
