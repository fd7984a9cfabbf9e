import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateTopicCommand,
  GetTopicAttributesCommand,
  ListTopicsCommand,
  PublishCommand,
  type PublishCommandInput,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createSns } from '../../../src/local/sns/sns.ts'
import { clientSettings, IDENTITY } from '../client-settings.ts'
import { serveRouter } from '../wire/serve-router.ts'

const TOPIC = 'arn:aws:sns:eu-west-1:000000000000:alerts'
const NOW = Date.parse('2026-11-21T01:02:03.456Z')

async function served() {
  const parent = await mkdtemp(join(tmpdir(), 'sns-'))
  onTestFinished(() => rm(parent, { recursive: true }))
  const folder = join(parent, 'outbox')
  const { url } = await serveRouter({
    sns: createSns({ identity: IDENTITY, now: () => NOW, folder, topics: [TOPIC] }).face,
  })
  const client = new SNSClient(clientSettings(url))
  const publish = (input: PublishCommandInput) => client.send(new PublishCommand(input))
  const outbox = async () => (await readdir(folder).catch(() => [])).sort()
  const read = async (name: string) => readFile(join(folder, name), 'utf8')
  return { client, publish, outbox, read }
}

const BODY = { TopicArn: TOPIC, Message: 'Job failed' } as const

describe('Publish', () => {
  it('leaves an e-mail, a text message and the whole in the outbox, before it answers', async () => {
    const { publish, outbox, read } = await served()
    const { MessageId } = await publish({
      ...BODY,
      Subject: 'Run ü failed',
      MessageAttributes: {
        workflow: { DataType: 'String', StringValue: 'a & <b>' },
        bytes: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) },
      },
    })
    const name = `20261121T010203.456Z-${MessageId}`
    expect(await outbox()).toEqual([`${name}.eml`, `${name}.json`, `${name}.txt`])
    expect(await read(`${name}.txt`)).toBe('Job failed')
    expect(await read(`${name}.eml`)).toMatch(/^Subject: =\?UTF-8\?B\?.*\r\n\r\nJob failed\r\n$/ms)
    expect(JSON.parse(await read(`${name}.json`))).toEqual({
      messageId: MessageId,
      time: '2026-11-21T01:02:03.456Z',
      topicArn: TOPIC,
      subject: 'Run ü failed',
      messages: { default: 'Job failed' },
      attributes: {
        workflow: { type: 'String', value: 'a & <b>' },
        bytes: { type: 'Binary', value: 'AQI=' },
      },
    })
  })

  it('gives each protocol its own text', async () => {
    const { publish, outbox, read } = await served()
    const texts = { default: 'd', email: 'long\nü', sms: 'short ü', pager: 'ignored', http: 5 }
    await publish({ TopicArn: TOPIC, MessageStructure: 'json', Message: JSON.stringify(texts) })
    const [email = '', json = '', sms = ''] = await outbox()
    expect(await read(email)).toContain('\r\n\r\nlong\r\n=C3=BC\r\n')
    expect(await read(sms)).toBe('short ü')
    expect(JSON.parse(await read(json)).messages).toEqual({ default: 'd', email: 'long\nü', sms: 'short ü' })
  })

  it('takes the largest message', async () => {
    const { publish, outbox } = await served()
    await publish({ TopicArn: TOPIC, Message: 'ü'.repeat(131_072) })
    expect(await outbox()).toHaveLength(3)
  })

  const attribute = (DataType: string, StringValue: string, name = 'a') => ({
    ...BODY,
    MessageAttributes: { [name]: { DataType, StringValue } },
  })

  it.each<[title: string, input: PublishCommandInput, error: string, message: RegExp]>([
    [
      'for an unknown topic',
      { ...BODY, TopicArn: `${TOPIC}2` },
      'NotFoundException',
      /There are: arn:.*:alerts\./,
    ],
    ['for a phone', { PhoneNumber: '+49', Message: 'm' }, 'InvalidParameterException', /topics only/],
    ['without message', { ...BODY, Message: '' }, 'InvalidParameterException', /Message: it is empty/],
    ['with an empty subject', { ...BODY, Subject: '' }, 'InvalidParameterException', /1 to 99 characters/],
    [
      'with a long subject',
      { ...BODY, Subject: 'x'.repeat(100) },
      'InvalidParameterException',
      /1 to 99 char/,
    ],
    [
      'with a line break in the subject',
      { ...BODY, Subject: 'a\nb' },
      'InvalidParameterException',
      /line break/,
    ],
    [
      'with a message too long',
      { ...BODY, Message: 'ü'.repeat(131_073) },
      'InvalidParameterException',
      /too long/,
    ],
    [
      'with too much in all',
      { ...attribute('String', 'x'.repeat(262_140)) },
      'InvalidParameterException',
      /too long/,
    ],
    ['with another structure', { ...BODY, MessageStructure: 'xml' }, 'InvalidParameterException', /"json"/],
    [
      'with structure, of no JSON',
      { ...BODY, MessageStructure: 'json' },
      'InvalidParameterException',
      /parse/,
    ],
    [
      'with structure, of a list',
      { ...BODY, MessageStructure: 'json', Message: '["default"]' },
      'InvalidParameterException',
      /failed to parse/,
    ],
    [
      'with structure, without default',
      { ...BODY, MessageStructure: 'json', Message: '{"default":1}' },
      'InvalidParameterException',
      /No default entry/,
    ],
    [
      'with an attribute without value',
      attribute('String', ''),
      'InvalidParameterException',
      /a has no value/,
    ],
    ['with an attribute of unknown type', attribute('Text', 'x'), 'InvalidParameterException', /type "Text"/],
    ['with a number that is none', attribute('Number', 'x'), 'InvalidParameterException', /"x" is none/],
    ['with a strange attribute name', attribute('String', 'x', 'a b'), 'InvalidParameterException', /"a b"/],
  ])('refuses %s, and writes nothing', async (_title, input, error, message) => {
    const { publish, outbox } = await served()
    const refusal = expect.objectContaining({ name: error, message: expect.stringMatching(message) })
    await expect(publish(input)).rejects.toThrow(refusal)
    expect(await outbox()).toEqual([])
  })

  it('takes 99 characters of any kind as a subject', async () => {
    const { publish, outbox } = await served()
    await publish({ ...BODY, Subject: '😀'.repeat(99) })
    expect(await outbox()).toHaveLength(3)
  })
})

describe('topics', () => {
  it('can be created, listed and described', async () => {
    const { client, publish, outbox } = await served()
    const { TopicArn } = await client.send(new CreateTopicCommand({ Name: 'more' }))
    expect((await client.send(new ListTopicsCommand({}))).Topics).toEqual([{ TopicArn: TOPIC }, { TopicArn }])
    const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn }))
    expect(Attributes).toEqual({ TopicArn, Owner: '000000000000', SubscriptionsConfirmed: '0' })
    await publish({ TopicArn, Message: 'm' })
    expect(await outbox()).toHaveLength(3)
  })

  it('are refused under a bad name', async () => {
    const { client } = await served()
    await expect(client.send(new CreateTopicCommand({ Name: 'a.fifo' }))).rejects.toThrow(/no FIFO topics/)
  })

  it('are not described where there are none', async () => {
    const { client } = await served()
    await expect(client.send(new GetTopicAttributesCommand({ TopicArn: 'x' }))).rejects.toThrow(
      expect.objectContaining({ name: 'NotFoundException' }),
    )
  })

  it('take no subscribers', async () => {
    const { client } = await served()
    const subscribe = new SubscribeCommand({ TopicArn: TOPIC, Protocol: 'email', Endpoint: 'a@b.invalid' })
    await expect(client.send(subscribe)).rejects.toThrow(/does not support "Subscribe" of SNS.*Publish/)
  })
})
