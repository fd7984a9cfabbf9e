import {
  DescribeEventBusCommand,
  EventBridgeClient,
  ListRulesCommand,
  PutEventsCommand,
  type PutEventsRequestEntry,
  PutRuleCommand,
} from '@aws-sdk/client-eventbridge'
import { describe, expect, it } from 'vitest'
import type { AwsEvent } from '../../../src/local/aws-event.ts'
import { createEventBus } from '../../../src/local/eventbridge/event-bus.ts'
import type { Rule } from '../../../src/local/eventbridge/rules.ts'
import { clientSettings, IDENTITY } from '../client-settings.ts'
import { serveRouter } from '../wire/serve-router.ts'

const NOW = Date.parse('2026-11-21T01:02:03.456Z')
const CUSTOM = 'batchwise-dev'

const rule = (name: string, pattern: object, ...targets: readonly string[]): Rule => ({
  name,
  bus: 'default',
  pattern,
  targets,
})

function bus(...rules: readonly Rule[]) {
  const delivered: [target: string, event: AwsEvent][] = []
  const eventBus = createEventBus({
    identity: IDENTITY,
    now: () => NOW,
    deliver: (target, event) => delivered.push([target, event]),
  })
  eventBus.setRules(rules)
  return { ...eventBus, delivered, targets: () => delivered.map(([target]) => target) }
}

const event = (fields: Partial<AwsEvent> = {}): AwsEvent => ({
  version: '0',
  id: 'id',
  'detail-type': 'Object Created',
  source: 'aws.s3',
  account: IDENTITY.account,
  time: '2026-11-21T01:02:03Z',
  region: IDENTITY.region,
  resources: [],
  detail: {},
  ...fields,
})

describe('the bus', () => {
  it('delivers within emit, to the targets of all rules that match', () => {
    const { emit, targets } = bus(
      rule('by-type', { 'detail-type': ['Object Created', 'Object Deleted'] }, 'a', 'b'),
      rule('by-source', { source: ['aws.s3'] }, 'c'),
      rule('by-neither', { account: [IDENTITY.account] }, 'd'),
      rule('by-prefix', { source: [{ prefix: 'aws.' }] }, 'e'),
      rule('other-type', { 'detail-type': ['Object Deleted'] }, 'no'),
      rule('other-detail', { source: ['aws.s3'], detail: { x: [1] } }, 'no'),
      { ...rule('other-bus', { source: ['aws.s3'] }, 'no'), bus: CUSTOM },
    )
    emit(event())
    expect(targets().sort()).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  it('delivers once for a rule that names a detail type twice', () => {
    const { emit, targets } = bus(rule('r', { 'detail-type': ['Object Created', 'Object Created'] }, 'a'))
    emit(event())
    expect(targets()).toEqual(['a'])
  })

  it('hands on the event itself', () => {
    const { emit, delivered } = bus(rule('r', { source: ['aws.s3'] }, 'a'))
    const given = event()
    emit(given)
    expect(delivered[0]?.[1]).toBe(given)
  })

  it('keeps its rules when new ones are wrong, and names the wrong one', () => {
    const { emit, setRules, targets } = bus(rule('r', { source: ['aws.s3'] }, 'a'))
    expect(() => setRules([rule('wrong', { source: 'aws.s3' }, 'b')])).toThrow(/Rule "wrong": .* at source/)
    emit(event())
    expect(targets()).toEqual(['a'])
  })

  it('refuses a rule whose pattern is no object', () => {
    expect(() => bus({ ...rule('wrong', {}), pattern: null })).toThrow(
      /Rule "wrong": .*null is not an object/,
    )
  })

  it('matches every event against exactly the rules that would match alone', () => {
    const rules = Array.from({ length: 500 }, (_, at) =>
      rule(`r${at}`, { source: ['aws.s3'], detail: { object: { key: [{ prefix: `${at}/` }] } } }, `t${at}`),
    )
    const { emit, targets } = bus(...rules)
    for (let at = 0; at < 500; at++) emit(event({ detail: { object: { key: `${at}/x` } } }))
    expect(targets()).toEqual(rules.flatMap(each => each.targets))
  })
})

async function served(...rules: readonly Rule[]) {
  const made = bus(...rules)
  const { url } = await serveRouter({ events: made.face })
  const client = new EventBridgeClient(clientSettings(url))
  const put = (...Entries: PutEventsRequestEntry[]) => client.send(new PutEventsCommand({ Entries }))
  return { ...made, client, put }
}

const ENTRY = { Source: 'my.app', DetailType: 'Start Requested', Detail: '{"workflow":"w"}' } as const
const ALL = rule('all', { source: [{ prefix: '' }] }, 'a')
const ON_CUSTOM = { ...ALL, bus: CUSTOM }

describe('PutEvents', () => {
  it('makes an event of an entry', async () => {
    const { put, delivered } = await served(ALL)
    const { Entries, FailedEntryCount } = await put({
      ...ENTRY,
      Resources: ['arn:x'],
      Time: new Date('2026-01-02T03:04:05.678Z'),
    })
    const id = Entries?.[0]?.EventId ?? ''
    expect(FailedEntryCount).toBe(0)
    const made = event({ id, source: 'my.app', 'detail-type': 'Start Requested', detail: { workflow: 'w' } })
    expect(delivered).toEqual([['a', { ...made, resources: ['arn:x'], time: '2026-01-02T03:04:05Z' }]])
  })

  it('gives an entry without time the present one', async () => {
    const { put, delivered } = await served(ALL)
    await put(ENTRY)
    expect(delivered[0]?.[1].time).toBe('2026-11-21T01:02:03Z')
  })

  it.each([
    ['a name', CUSTOM],
    ['an ARN', `arn:aws:events:eu-west-1:000000000000:event-bus/${CUSTOM}`],
  ])('finds a bus by %s', async (_title, EventBusName) => {
    const { put, targets } = await served({ ...ON_CUSTOM, targets: ['c'] }, ALL)
    await put({ ...ENTRY, EventBusName })
    expect(targets()).toEqual(['c'])
  })

  const nested = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`

  it.each<[title: string, entry: PutEventsRequestEntry, code: string, message: RegExp]>([
    ['without source', { ...ENTRY, Source: undefined }, 'InvalidArgument', /Source is a required/],
    ['with an empty source', { ...ENTRY, Source: '' }, 'InvalidArgument', /Source is a required/],
    ['without type', { ...ENTRY, DetailType: undefined }, 'InvalidArgument', /DetailType is a required/],
    ['with a long type', { ...ENTRY, DetailType: 'x'.repeat(129) }, 'InvalidArgument', /longer than 128/],
    ['without detail', { ...ENTRY, Detail: undefined }, 'InvalidArgument', /Detail is a required/],
    ['with broken detail', { ...ENTRY, Detail: '{' }, 'MalformedDetail', /must be a JSON object/],
    ['with a list as detail', { ...ENTRY, Detail: '[]' }, 'MalformedDetail', /must be a JSON object/],
    ['with detail too deep', { ...ENTRY, Detail: nested(1002) }, 'MalformedDetail', /must be a JSON object/],
    ['with a source of AWS', { ...ENTRY, Source: 'aws.s3' }, 'NotAuthorizedForSourceException', /AWS itself/],
    ['for an unknown bus', { ...ENTRY, EventBusName: 'x' }, 'ResourceNotFoundException', /bus x does not/],
    [
      'for a bus elsewhere',
      { ...ENTRY, EventBusName: 'arn:aws:events:us-east-1:000000000000:event-bus/default' },
      'ResourceNotFoundException',
      /us-east-1.* does not exist/,
    ],
  ])('fails an entry %s and takes the others', async (_title, entry, code, message) => {
    const { put, targets } = await served(ALL)
    const { Entries, FailedEntryCount } = await put(ENTRY, entry, ENTRY)
    expect(FailedEntryCount).toBe(1)
    expect(Entries?.[1]).toEqual({ ErrorCode: code, ErrorMessage: expect.stringMatching(message) })
    expect(targets()).toEqual(['a', 'a'])
  })

  it('takes detail of the greatest depth', async () => {
    const { put } = await served(ALL)
    expect((await put({ ...ENTRY, Detail: nested(1000) })).FailedEntryCount).toBe(0)
  })

  it.each([
    ['no entry', []],
    ['eleven entries', Array(11).fill(ENTRY)],
    ['1 MB together', Array(2).fill({ ...ENTRY, Detail: JSON.stringify({ a: 'ü'.repeat(262_144) }) })],
  ])('refuses %s', async (_title, entries) => {
    const { put, targets } = await served(ALL)
    await expect(put(...entries)).rejects.toThrow(expect.objectContaining({ name: 'ValidationException' }))
    expect(targets()).toEqual([])
  })
})

describe('other operations', () => {
  it('describes a bus', async () => {
    const { client } = await served(ON_CUSTOM)
    expect(await client.send(new DescribeEventBusCommand({ Name: CUSTOM }))).toMatchObject({
      Name: CUSTOM,
      Arn: `arn:aws:events:eu-west-1:000000000000:event-bus/${CUSTOM}`,
    })
    expect((await client.send(new DescribeEventBusCommand({}))).Name).toBe('default')
    await expect(client.send(new DescribeEventBusCommand({ Name: 'x' }))).rejects.toThrow(/bus x does not/)
  })

  it('lists rules by name, page by page', async () => {
    const rules = ['c', 'a', 'b', 'z'].map(name => ({ ...ON_CUSTOM, name: `r-${name}` }))
    const { client } = await served(ALL, ...rules, { ...ON_CUSTOM, name: 'other' })
    const list = (NextToken?: string) =>
      client.send(
        new ListRulesCommand({
          EventBusName: CUSTOM,
          NamePrefix: 'r-',
          Limit: 3,
          ...(NextToken && { NextToken }),
        }),
      )
    const first = await list()
    expect(first.Rules?.map(each => each.Name)).toEqual(['r-a', 'r-b', 'r-c'])
    expect(first.Rules?.[0]).toEqual({
      Name: 'r-a',
      Arn: `arn:aws:events:eu-west-1:000000000000:rule/${CUSTOM}/r-a`,
      EventPattern: '{"source":[{"prefix":""}]}',
      State: 'ENABLED',
      EventBusName: CUSTOM,
    })
    const second = await list(first.NextToken)
    expect(second.Rules?.map(each => each.Name)).toEqual(['r-z'])
    expect(second.NextToken).toBeUndefined()
  })

  it('are refused with what is supported', async () => {
    const { client } = await served()
    const putRule = new PutRuleCommand({ Name: 'r', ScheduleExpression: 'rate(1 minute)' })
    await expect(client.send(putRule)).rejects.toThrow(
      /does not support "PutRule".*PutEvents, DescribeEventBus/,
    )
  })
})
