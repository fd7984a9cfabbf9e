import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BatchwiseError } from '../../core/errors.ts'
import { readCloudFormationYaml } from '../functions/cloudformation-yaml.ts'
import type { Located } from '../functions/located.ts'
import { readServerlessFile, type ServerlessFile } from '../functions/serverless-file.ts'
import { type BatchSettings, readBatchSettings } from './batch-settings.ts'

/** Where local mode finds the programs of an image. */
export interface LocalImage {
  readonly cwd: string
  readonly prefix?: readonly string[]
}

/** What local mode takes from serverless.yml. */
export interface ServerlessStack extends ServerlessFile {
  /** Properties of the table, as CloudFormation and CreateTable both have them. */
  readonly table: Readonly<Record<string, unknown>>
  /** `custom.batchwise.stack`: further names for `${stack.NAME}`. */
  readonly stackNames: Readonly<Record<string, string>>
  /** `custom.batchwise.local.images` */
  readonly images: Readonly<Record<string, LocalImage>>
  /** `custom.batchwise.local.batch` */
  readonly batch: BatchSettings
}

/**
 * Reads serverless.yml of a folder: local mode runs the functions, queues and table that deploy would make.
 *
 * @throws BatchwiseError E_SERVERLESS_FILE
 */
export function readServerlessStack(root: string): ServerlessStack {
  const file = join(root, 'serverless.yml')
  const text = readText(file)
  const custom = readCloudFormationYaml(text, file).get('custom').get('batchwise')
  return {
    ...readServerlessFile(text, file),
    table: tableProperties(readCloudFormationYaml(text, file).get('resources')),
    stackNames: Object.fromEntries(
      custom
        .get('stack')
        .entries()
        .map(([name, value]) => [name, value.text()]),
    ),
    images: Object.fromEntries(
      custom
        .get('local')
        .get('images')
        .entries()
        .map(([image, where]) => [image, imageOf(where, root)]),
    ),
    batch: readBatchSettings(custom.get('local').get('batch')),
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new BatchwiseError(
      'E_SERVERLESS_FILE',
      `${file} cannot be read. Start local mode in the folder of serverless.yml.`,
      { cause },
    )
  }
}

function tableProperties(resources: Located): Readonly<Record<string, unknown>> {
  const parts = Array.isArray(resources.value) ? resources.items() : [resources]
  const tables = parts
    .flatMap(part => (part.isVariable ? [] : part.get('Resources').entries()))
    .filter(([, resource]) => resource.get('Type').value === 'AWS::DynamoDB::Table')
  const [, table] = tables[0] ?? []
  if (table === undefined)
    throw resources.refuse('there is no AWS::DynamoDB::Table. Local mode needs the table of runs.')
  return Object.fromEntries(
    table
      .get('Properties')
      .entries()
      .map(([name, value]) => [name, value.value]),
  )
}

function imageOf(where: Located, root: string): LocalImage {
  const prefix = where.get('prefix')
  return {
    cwd: join(root, where.get('cwd').text()),
    ...(!prefix.isAbsent && { prefix: prefix.items().map(part => part.text()) }),
  }
}
