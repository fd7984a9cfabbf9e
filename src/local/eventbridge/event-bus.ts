import type { AwsEvent, EmitEvent } from '../aws-event.ts'
import { AwsError } from '../wire/aws-error.ts'
import type { Face, Identity, Now } from '../wire/face.ts'
import { type JsonInput, jsonFace } from '../wire/json-target.ts'
import { busArn, busNameOf, DEFAULT_BUS } from './bus-name.ts'
import { listRules } from './list-rules.ts'
import { type CheckedEntry, checkEntry, type Entry, requireEntries } from './put-events.ts'
import { type Rule, Rules } from './rules.ts'

export interface EventBusOptions {
  readonly identity: Identity
  readonly now: Now
  /** Hands an event to a target of a rule that matched. Called in the same synchronous turn as `emit`. */
  readonly deliver: (targetArn: string, event: AwsEvent) => void
}

export interface EventBus {
  readonly face: Face
  /** PutEvents, for services of this machine. @throws AwsError as the operation does */
  readonly put: (input: JsonInput) => unknown
  /** Puts an event of an AWS service on the default bus. What `deliver` throws comes out of it. */
  readonly emit: EmitEvent
  /**
   * Replaces all rules, at once. The buses that exist are the default one and those the rules name.
   * @throws BatchwiseError E_EVENT_PATTERN; the rules then stay as they were
   */
  readonly setRules: (rules: readonly Rule[]) => void
}

/**
 * EventBridge on this machine: rules match and targets are handed their events before `emit` or PutEvents returns.
 * Nothing is stored: who takes delivery makes it last.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/Welcome.html
 */
export function createEventBus({ identity, now, deliver }: EventBusOptions): EventBus {
  let rules = new Rules([])
  const hasBus = (name: string) => name === DEFAULT_BUS || rules.hasBus(name)
  const put = (bus: string, event: AwsEvent) => {
    for (const target of rules.targetsOf(bus, event)) deliver(target, event)
  }
  const check = (entry: Entry) => checkEntry(entry, identity, now(), hasBus)
  const putAll = (input: JsonInput) => putEvents(requireEntries(input['Entries']).map(check), put)
  const face = jsonFace('AWSEvents', {
    PutEvents: putAll,
    DescribeEventBus: input => describeBus(busNameOf(identity, input['Name']), identity, hasBus),
    ListRules: input => {
      requireBus(busNameOf(identity, input['EventBusName']), hasBus)
      return listRules(rules.all, identity, input)
    },
  })
  return {
    face,
    put: putAll,
    emit: event => put(DEFAULT_BUS, event),
    setRules: next => {
      rules = new Rules(next)
    },
  }
}

function putEvents(entries: readonly CheckedEntry[], put: (bus: string, event: AwsEvent) => void): unknown {
  const results = entries.map(entry => {
    if (entry.type === 'failed') return { ErrorCode: entry.code, ErrorMessage: entry.message }
    put(entry.bus, entry.event)
    return { EventId: entry.event.id }
  })
  return { FailedEntryCount: results.filter(result => 'ErrorCode' in result).length, Entries: results }
}

function describeBus(name: string, identity: Identity, hasBus: (name: string) => boolean): unknown {
  requireBus(name, hasBus)
  return { Name: name, Arn: busArn(identity, name) }
}

function requireBus(name: string, hasBus: (name: string) => boolean): void {
  if (hasBus(name)) return
  throw new AwsError(
    'ResourceNotFoundException',
    `Event bus ${name} does not exist: local mode has no rule on it.`,
  )
}
