import { readCloudFormationYaml } from './cloudformation-yaml.ts'
import { type FunctionEventSource, readEventSources } from './function-events.ts'
import type { Located } from './located.ts'
import { type QueueResource, readQueueResources } from './queue-resources.ts'

/** A function as local mode runs it. */
export interface FunctionDefinition {
  readonly name: string
  /** Path of the file without its extension, and the export: `functions/on-object-created.handler`. */
  readonly handler: string
  /** Seconds. */
  readonly timeout: number
  /** As written, short tags in long form: the function's own over the provider's. `${...}` variables stay as they are. */
  readonly environment: Readonly<Record<string, unknown>>
  readonly events: readonly FunctionEventSource[]
}

/** What local mode takes from serverless.yml. */
export interface ServerlessFile {
  readonly functions: readonly FunctionDefinition[]
  readonly queues: readonly QueueResource[]
}

/**
 * Reads the functions and queues of serverless.yml. Variables of the Serverless Framework (`${file(...)}`) are not
 * resolved: in what local mode does not need they do not matter, elsewhere they are refused.
 *
 * @throws BatchwiseError E_SERVERLESS_FILE with file, line, column and the mend
 * @example
 * const { functions, queues } = readServerlessFile(readFileSync('serverless.yml', 'utf8'), 'serverless.yml')
 */
export function readServerlessFile(text: string, file: string): ServerlessFile {
  const root = readCloudFormationYaml(text, file)
  const queues = readQueueResources(root.get('resources'))
  const functions = functionEntries(root.get('functions')).map(([name, definition]) =>
    readFunction(name, definition, root.get('provider'), queues),
  )
  return { functions, queues }
}

/** The Serverless Framework takes a map of functions or a list of such maps. */
function functionEntries(functions: Located) {
  return Array.isArray(functions.value)
    ? functions.items().flatMap(part => part.entries())
    : functions.entries()
}

function readFunction(
  name: string,
  definition: Located,
  provider: Located,
  queues: readonly QueueResource[],
): FunctionDefinition {
  const handler = definition.get('handler')
  if (handler.isAbsent || !/^.+\.\w+$/.test(handler.text())) {
    throw definition.refuse('expected a handler, the path of a file and its export: functions/x.handler.')
  }
  const events = definition.get('events')
  const sources = readEventSources(events)
  const unknown = sources.find(it => it.type === 'sqs' && !queues.some(queue => queue.logicalId === it.queue))
  if (unknown?.type === 'sqs') {
    throw events.refuse(
      `there is no queue ${unknown.queue} in resources. Define it there as an AWS::SQS::Queue.`,
    )
  }
  return {
    name,
    handler: handler.text(),
    timeout:
      definition.get('timeout').number([1, 900], undefined) ?? provider.get('timeout').number([1, 900], 6),
    environment: { ...environmentOf(provider), ...environmentOf(definition) },
    events: sources,
  }
}

function environmentOf(owner: Located): Readonly<Record<string, unknown>> {
  const environment = owner.get('environment')
  return environment.isVariable
    ? {}
    : Object.fromEntries(environment.entries().map(([key, it]) => [key, it.value]))
}
