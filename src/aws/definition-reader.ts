import { type BatchClient, DescribeJobDefinitionsCommand } from '@aws-sdk/client-batch'

/** A registered job definition. */
export interface DescribedDefinition {
  readonly name: string
  readonly revision: number
  readonly command: readonly string[]
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
      if (found === undefined) return undefined
      return { name, revision: found.revision ?? 0, command: found.containerProperties?.command ?? [] }
    },
  }
}

function partsOf(definition: string): { readonly name: string; readonly revision: number | undefined } {
  const [name = '', revision] = definition.slice(definition.lastIndexOf('/') + 1).split(':')
  return { name, revision: revision === undefined ? undefined : Number(revision) }
}
