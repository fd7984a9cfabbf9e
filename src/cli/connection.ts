import { resolve } from 'node:path'
import { type ClientTarget, clientTarget } from '../aws/client-target.ts'
import { type StackNames, stackNames } from '../aws/stack-names.ts'
import type { StackResources } from '../aws/stack-resources.ts'
import { BatchwiseError } from '../core/errors.ts'
import { LOCAL_TABLE, LOCAL_TOPIC, localStack } from '../local/stack/local-names.ts'
import { readLocalRecord } from './local/local-record.ts'

/** How every command that asks a stack is told which one. */
export interface ConnectionFlags {
  readonly stage?: string
  readonly region?: string
  readonly profile?: string
  readonly endpointUrl?: string
  readonly data: string
}

/** The stack a command works on, and how its AWS is reached. */
export interface Connection {
  readonly names: StackNames
  readonly target: ClientTarget
  /** `local mode on http://127.0.0.1:4566`, `stage dev`. */
  readonly place: string
  readonly isLocal: boolean
  /** Local mode's data folder, absolute. */
  readonly dataFolder: string
  /**
   * What the stack's other resources are called; asked once, when it is needed.
   *
   * @throws BatchwiseError E_NOT_DEPLOYED
   */
  readonly resources: () => Promise<StackResources>
}

/**
 * Local mode at the endpoint that is given; else the stage that is named; else the local mode that runs in this folder.
 * Nothing in AWS is ever asked unless a stage is named.
 *
 * @throws BatchwiseError E_NO_STACK, E_STAGE, E_USAGE
 */
export function connect({ stage, region, profile, endpointUrl, data }: ConnectionFlags): Connection {
  const dataFolder = resolve(data)
  if (stage !== undefined && stage !== 'local' && endpointUrl === undefined) {
    const target = { ...(region !== undefined && { region }), ...(profile !== undefined && { profile }) }
    const where = region === undefined ? '' : ` in ${region}`
    const names = stackNames(stage)
    const resources = once(async () => {
      const { readStackResources } = await import('../aws/stack-resources.ts')
      return readStackResources(target, names)
    })
    return { names, target, place: `stage ${stage}${where}`, isLocal: false, dataFolder, resources }
  }
  if (stage === undefined && (region !== undefined || profile !== undefined) && endpointUrl === undefined) {
    throw new BatchwiseError('E_USAGE', 'Name the stage too, for example `--stage dev`.')
  }
  const endpoint = endpointUrl ?? readLocalRecord(dataFolder)?.endpoint
  if (endpoint === undefined) {
    throw new BatchwiseError(
      'E_NO_STACK',
      `Local mode does not run with the data folder ${dataFolder}. Start it with \`batchwise local\`, or name a stage in AWS with --stage.`,
    )
  }
  if (!URL.canParse(endpoint)) {
    throw new BatchwiseError(
      'E_USAGE',
      `"${endpoint}" is not an address. Give one like http://127.0.0.1:4566.`,
    )
  }
  return {
    names: stackNames(stage ?? 'local'),
    target: clientTarget(endpoint, region),
    place: `local mode on ${endpoint}`,
    isLocal: true,
    dataFolder,
    resources: () => Promise.resolve(LOCAL_RESOURCES),
  }
}

const { inputBucket = '', outputBucket = '' } = localStack({})
const LOCAL_RESOURCES: StackResources = { table: LOCAL_TABLE, topic: LOCAL_TOPIC, inputBucket, outputBucket }

function once<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | undefined
  return () => {
    value ??= read()
    return value
  }
}
