import { readdirSync } from 'node:fs'
import { inflateRawSync } from 'node:zlib'

/** A file of a zip, by its central directory. */
export function bundleIn(zip: Buffer, path: string): string {
  const at = entriesOf(zip).get(path)
  if (at === undefined) throw new Error(`There is no ${path} in the zip.`)
  return contentAt(zip, at)
}

/** The places of the entries of the central directory, by their paths. */
function entriesOf(zip: Buffer): ReadonlyMap<string, number> {
  const entries = new Map<string, number>()
  let at = zip.readUInt32LE(zip.length - 6)
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map(offset => zip.readUInt16LE(at + offset))
    const lengths = { name: nameLength ?? 0, more: (extraLength ?? 0) + (commentLength ?? 0) }
    entries.set(zip.toString('utf8', at + 46, at + 46 + lengths.name), at)
    at += 46 + lengths.name + lengths.more
  }
  return entries
}

/** The names of all code in a zip: the function's, and what it loads when it needs it. */
export function codeIn(zip: Buffer): readonly string[] {
  return [...entriesOf(zip).keys()].filter(name => name.endsWith('.js'))
}

function contentAt(zip: Buffer, at: number): string {
  const local = zip.readUInt32LE(at + 42)
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
  return inflateRawSync(zip.subarray(start, start + zip.readUInt32LE(at + 20))).toString('utf8')
}

/** Clients by their folders, each with its namespace and what IAM calls it. */
const CLIENTS = [
  { client: 'batch', namespace: 'com.amazonaws.batch', prefix: 'batch' },
  { client: 'cloudwatch-logs', namespace: 'com.amazonaws.cloudwatchlogs', prefix: 'logs' },
  { client: 'dynamodb', namespace: 'com.amazonaws.dynamodb', prefix: 'dynamodb' },
  { client: 'eventbridge', namespace: 'com.amazonaws.eventbridge', prefix: 'events' },
  { client: 's3', namespace: 'com.amazonaws.s3', prefix: 's3' },
  { client: 'sfn', namespace: 'com.amazonaws.sfn', prefix: 'states' },
  { client: 'sns', namespace: 'com.amazonaws.sns', prefix: 'sns' },
  { client: 'sqs', namespace: 'com.amazonaws.sqs', prefix: 'sqs' },
] as const

/**
 * The operations of AWS services whose schemas a bundle holds, found in its text: names of commands from the SDK's folders
 * that stand there as strings, for clients that are there. `sqs:TagResource` and the like count only with an own schema.
 */
export function sdkOperations(code: string): readonly string[] {
  return CLIENTS.filter(({ namespace }) => code.includes(`"${namespace}"`)).flatMap(({ client, prefix }) =>
    readdirSync(`node_modules/@aws-sdk/client-${client}/dist-es/commands`)
      .flatMap(file => /^(\w+)Command\.js$/.exec(file)?.[1] ?? [])
      .filter(name => new RegExp(`\\[9,[\\w$]+,(?:"${name}"|${constantsFor(code, name)}),`).test(code))
      .map(name => `${prefix}:${name}`),
  )
}

/** The minifier's names for a constant text, one for each client that has it. */
function constantsFor(code: string, text: string): string {
  const names = [...code.matchAll(new RegExp(`[,\\s;]([\\w$]+)="${text}"[,;]`, 'g'))].map(
    ([, name = '']) => name,
  )
  return names.length === 0 ? '-' : names.map(name => name.replaceAll('$', '\\$')).join('|')
}
