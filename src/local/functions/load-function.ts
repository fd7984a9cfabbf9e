import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { BatchwiseError } from '../../core/errors.ts'
import type { LambdaContext } from './lambda-context.ts'
import type { FunctionDefinition } from './serverless-file.ts'

/** An async handler, as nodejs24.x takes it: no callback. */
export type Handler = (event: unknown, context: LambdaContext) => unknown

export interface LoadedFunction {
  readonly definition: FunctionDefinition
  readonly handler: Handler
}

/** Of a clone and of a bundle. */
const EXTENSIONS = ['.ts', '.mjs', '.js']

/**
 * Imports the function's file below `root`. The settings must be on process.env before.
 * @throws BatchwiseError E_FUNCTION_LOAD with the file and the cause
 */
export async function loadFunction(definition: FunctionDefinition, root: string): Promise<LoadedFunction> {
  const dot = definition.handler.lastIndexOf('.')
  const file = fileOf(definition, join(root, definition.handler.slice(0, dot)))
  const name = definition.handler.slice(dot + 1)
  const handler = (await importFile(definition, file))[name]
  if (typeof handler !== 'function') {
    throw refusal(
      definition,
      `${file} does not export a function "${name}". Export it, or mend the handler in serverless.yml`,
    )
  }
  if (handler.length > 2) {
    throw refusal(
      definition,
      `"${name}" of ${file} takes a callback, which nodejs24.x does not give. Make it async (event, context)`,
    )
  }
  return { definition, handler: (event, context) => handler(event, context) }
}

function fileOf(definition: FunctionDefinition, path: string): string {
  const file = EXTENSIONS.map(extension => path + extension).find(it => existsSync(it))
  if (file !== undefined) return file
  throw refusal(definition, `there is no ${path}${EXTENSIONS.join(', ')}. Mend the handler in serverless.yml`)
}

async function importFile(
  definition: FunctionDefinition,
  file: string,
): Promise<Readonly<Record<string, unknown>>> {
  try {
    return await import(/* @vite-ignore */ pathToFileURL(file).href)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw refusal(definition, `${file} could not be imported: ${reason}`, cause)
  }
}

function refusal(definition: FunctionDefinition, problem: string, cause?: unknown): BatchwiseError {
  return new BatchwiseError('E_FUNCTION_LOAD', `Function "${definition.name}": ${problem}.`, { cause })
}
