import { randomUUID } from 'node:crypto'
import { AwsError } from '../wire/aws-error.ts'
import type { Face, Identity, Now } from '../wire/face.ts'
import { type Form, queryFace } from '../wire/query-form.ts'
import type { XmlValue } from '../wire/xml.ts'
import { invalid } from './invalid-parameter.ts'
import { writeToOutbox } from './outbox.ts'
import { readPublication } from './publication.ts'

export interface SnsOptions {
  readonly identity: Identity
  readonly now: Now
  /** The outbox; made when the first message is published. */
  readonly folder: string
  /** ARNs of the topics there are from the start. */
  readonly topics: readonly string[]
}

/**
 * SNS on this machine: nobody is subscribed, and every message goes into an outbox folder, before Publish answers.
 * Topics made by CreateTopic last as long as the process.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/welcome.html
 */
export function createSns({ identity, now, folder, topics }: SnsOptions): { readonly face: Face } {
  const known = new Set(topics)
  const face = queryFace(
    { name: 'SNS', namespace: 'http://sns.amazonaws.com/doc/2010-03-31/' },
    {
      Publish: async form => {
        const publication = readPublication(form, known)
        const messageId = randomUUID()
        await writeToOutbox(folder, publication, messageId, new Date(now()))
        return { MessageId: messageId }
      },
      CreateTopic: form => {
        const topicArn = `arn:aws:sns:${identity.region}:${identity.account}:${requireTopicName(form)}`
        known.add(topicArn)
        return { TopicArn: topicArn }
      },
      ListTopics: () => ({ Topics: { member: [...known].map(topicArn => ({ TopicArn: topicArn })) } }),
      GetTopicAttributes: form => ({ Attributes: { entry: topicAttributes(form, known, identity) } }),
    },
  )
  return { face }
}

function requireTopicName(form: Form): string {
  const name = form.get('Name') ?? ''
  if (/^[A-Za-z0-9_-]{1,256}$/.test(name)) return name
  throw invalid('Topic Name', 'use 1 to 256 letters, digits, "-" and "_". Local mode has no FIFO topics.')
}

function topicAttributes(form: Form, known: ReadonlySet<string>, identity: Identity): readonly XmlValue[] {
  const topicArn = form.get('TopicArn') ?? ''
  if (!known.has(topicArn)) {
    throw new AwsError('NotFound', `Topic does not exist: ${topicArn}.`, { status: 404 })
  }
  const attributes = { TopicArn: topicArn, Owner: identity.account, SubscriptionsConfirmed: '0' }
  return Object.entries(attributes).map(([key, value]) => ({ key, value }))
}
