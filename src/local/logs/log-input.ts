import { AwsError } from '../wire/aws-error.ts'
import type { JsonInput } from '../wire/json-target.ts'
import type { LogGroup, LogStore, LogStream } from './log-store.ts'

export function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message)
}

/** The group a request names, by name or by ARN. @throws AwsError ResourceNotFoundException */
export function requireGroup(store: LogStore, input: JsonInput): LogGroup {
  const name = groupName(input)
  const group = store.groups.get(name)
  if (group !== undefined) return group
  throw new AwsError('ResourceNotFoundException', `The specified log group does not exist: ${name}`)
}

/** The stream a request names. @throws AwsError ResourceNotFoundException */
export function requireStream(store: LogStore, input: JsonInput): LogStream {
  const name = String(input['logStreamName'] ?? '')
  const stream = requireGroup(store, input).streams.get(name)
  if (stream !== undefined) return stream
  throw new AwsError('ResourceNotFoundException', `The specified log stream does not exist: ${name}`)
}

/** A whole number from `least` to `most`, or `fallback` where there is none. @throws AwsError */
export function integerOf(
  input: JsonInput,
  name: string,
  { least, most, fallback }: { readonly least: number; readonly most: number; readonly fallback: number },
): number {
  const value = input[name] ?? fallback
  if (value === fallback) return fallback
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value
  throw invalid(`${name} ${JSON.stringify(value)} is not a whole number from ${least} to ${most}.`)
}

/** A time in milliseconds. @throws AwsError */
export function timeOf(input: JsonInput, name: string, fallback: number): number {
  return integerOf(input, name, { least: 0, most: Number.MAX_SAFE_INTEGER, fallback })
}

function groupName(input: JsonInput): string {
  const { logGroupName: name, logGroupIdentifier: identifier } = input
  if (name !== undefined && identifier !== undefined) {
    throw invalid('Give logGroupName or logGroupIdentifier, not both.')
  }
  const given = String(name ?? identifier ?? '')
  return given.startsWith('arn:') ? given.replace(/^arn:.*?:log-group:/, '').replace(/:\*$/, '') : given
}
