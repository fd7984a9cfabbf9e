import { AwsError } from '../wire/aws-error.ts'
import { type Form, formList } from '../wire/query-form.ts'
import { invalid } from './invalid-parameter.ts'
import { type Messages, messagesOf } from './message-structure.ts'

/** Bytes of message and attributes together, unless a topic allows more. */
const SIZE_LIMIT = 262_144

interface MessageAttribute {
  readonly type: string
  readonly value: string
}

/** What a Publish asks for, checked. */
export interface Publication {
  readonly topicArn: string
  readonly subject: string | undefined
  readonly messages: Messages
  readonly attributes: Readonly<Record<string, MessageAttribute>>
}

/**
 * Reads a Publish. @throws AwsError as SNS does
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export function readPublication(form: Form, topics: ReadonlySet<string>): Publication {
  const topicArn = form.get('TopicArn') ?? form.get('TargetArn')
  if (topicArn === undefined) {
    throw invalid('TopicArn', 'give the ARN of a topic. Local mode publishes to topics only.')
  }
  if (!topics.has(topicArn)) {
    const known = [...topics].join(', ') || 'none'
    throw new AwsError('NotFound', `Topic does not exist: ${topicArn}. There are: ${known}.`, { status: 404 })
  }
  const message = form.get('Message') ?? ''
  if (message === '') throw invalid('Message', 'it is empty.')
  const attributes = readAttributes(form)
  requireSize(message, attributes)
  return {
    topicArn,
    subject: readSubject(form.get('Subject')),
    messages: messagesOf(message, form.get('MessageStructure')),
    attributes,
  }
}

function readSubject(subject: string | undefined): string | undefined {
  if (subject === undefined) return undefined
  if (subject === '' || [...subject].length >= 100) {
    throw invalid('Subject', 'it must have 1 to 99 characters. Cut it, or leave it out.')
  }
  if (/[\p{Cc}\u2028\u2029]/u.test(subject)) {
    throw invalid('Subject', 'it has a line break or control character. Replace those by spaces.')
  }
  return subject
}

function readAttributes(form: Form): Readonly<Record<string, MessageAttribute>> {
  const attributes = formList(form, 'MessageAttributes.entry').map(entry => {
    const name = entry.get('Name') ?? ''
    return [name, readAttribute(name, entry)] as const
  })
  return Object.fromEntries(attributes)
}

function readAttribute(name: string, entry: Form): MessageAttribute {
  const type = entry.get('Value.DataType') ?? ''
  const value = entry.get(type.startsWith('Binary') ? 'Value.BinaryValue' : 'Value.StringValue')
  if (!/^[A-Za-z0-9_.-]{1,256}$/.test(name)) {
    throw invalid(
      'MessageAttributes',
      `the name ${JSON.stringify(name)} is not one of letters, digits, "_", "-", ".".`,
    )
  }
  if (!/^(String|Number|Binary)(\..+)?$/.test(type)) {
    throw invalid(
      'MessageAttributes',
      `${name} has type "${type}". Use String, String.Array, Number or Binary.`,
    )
  }
  if (value === undefined || value === '')
    throw invalid('MessageAttributes', `${name} has no value of its type.`)
  if (type.startsWith('Number') && !/^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value)) {
    throw invalid('MessageAttributes', `${name} is a Number, and its value "${value}" is none.`)
  }
  return { type, value }
}

function requireSize(message: string, attributes: Readonly<Record<string, MessageAttribute>>): void {
  const texts = Object.entries(attributes).flatMap(([name, { type, value }]) => [name, type, value])
  const size = [message, ...texts].reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  if (size > SIZE_LIMIT) {
    throw invalid('Message', `too long: ${size} bytes with its attributes, and ${SIZE_LIMIT} are allowed.`)
  }
}
