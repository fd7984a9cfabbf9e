import { type Command, InvalidArgumentError, Option } from 'commander'
import { parseDuration } from '../core/workflow/duration.ts'
import type { ConnectionFlags } from './connection.ts'

/** Flags of a command that prints data of a stack. */
export interface PrintFlags extends ConnectionFlags {
  readonly json?: boolean
  readonly utc?: boolean
}

/** Which stack a command works on. */
export function withConnection(command: Command): Command {
  return command
    .option('--stage <name>', 'a stage in AWS; without it, the local mode that runs in this folder')
    .option('--region <name>', 'region of the stage, if not the configured one')
    .option('--profile <name>', 'profile of the AWS configuration')
    .option('--endpoint-url <url>', 'address of a local mode')
    .option('--data <folder>', 'data folder of the local mode', '.batchwise')
}

export function withJson(command: Command): Command {
  return command.option('--json', 'print JSON, for programs')
}

export function withUtc(command: Command): Command {
  return command.option('--utc', 'times in UTC, not in the time zone of this machine')
}

/** A whole number from 1 on. */
export function countOf(text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count >= 1 && count <= 10_000) return count
  throw new InvalidArgumentError('Give a whole number from 1 to 10000.')
}

/** A time in the past: `2d`, `36h`, `90m` before now, or a date as ISO 8601 has it. Milliseconds since the epoch. */
export function pastTimeOf(text: string): number {
  const seconds = parseDuration(text)
  if (seconds !== undefined) return Date.now() - seconds * 1000
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(at)) return at
  throw new InvalidArgumentError('Give a duration like 90m, 36h or 2d, or a date like 2026-11-21.')
}

/** `name=value`, given any number of times. */
export function pairOf(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const equals = text.indexOf('=')
  if (equals < 1) throw new InvalidArgumentError('Write it as name=value.')
  return { ...before, [text.slice(0, equals)]: text.slice(equals + 1) }
}

/** An option that takes one of the words, in upper or lower case. */
export function oneOf(flags: string, description: string, words: readonly string[]): Option {
  return new Option(flags, description).choices(words).argParser(text => {
    const word = words.find(candidate => candidate.toLowerCase() === text.toLowerCase())
    if (word !== undefined) return word
    throw new InvalidArgumentError(`Give one of ${words.join(', ')}.`)
  })
}
