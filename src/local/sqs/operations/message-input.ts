import type { JsonInput } from '../../wire/json-target.ts'
import type { MessageAttribute, MessageAttributes } from '../message-attributes.ts'
import { invalidMessageContents, invalidParameter } from '../sqs-error.ts'
import { optionalInteger, optionalText, record, text } from './input.ts'

/** @see https://www.w3.org/TR/REC-xml/#charsets */
const OUTSIDE_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u

export interface MessageInput {
  readonly body: string
  readonly attributes: MessageAttributes
  readonly delay?: number
}

/** Reads what SendMessage and an entry of SendMessageBatch have in common. */
export function messageInput(input: JsonInput): MessageInput {
  const body = text(input, 'MessageBody')
  if (OUTSIDE_XML.test(body)) throw invalidMessageContents()
  const delay = optionalInteger(input, 'DelaySeconds', [0, 900])
  return { body, attributes: messageAttributes(input), ...(delay !== undefined && { delay }) }
}

function messageAttributes(input: JsonInput): MessageAttributes {
  const attributes = Object.entries(record(input, 'MessageAttributes'))
  if (attributes.length > 10) {
    throw invalidParameter(
      'MessageAttributes',
      `(${attributes.length} attributes)`,
      'At most 10 are allowed.',
    )
  }
  return Object.fromEntries(
    attributes.map(([name, value]) => [checkedName(name), messageAttribute(name, value)]),
  )
}

function checkedName(name: string): string {
  if (!/^(?!aws\.|amazon\.)[\w.-]{1,256}$/i.test(name)) {
    throw invalidParameter(
      'MessageAttributes',
      name,
      'A name has 1 to 256 letters, digits, _ - or . and no AWS. before it.',
    )
  }
  return name
}

function messageAttribute(name: string, value: unknown): MessageAttribute {
  const input = record({ [name]: value }, name)
  const DataType = text(input, 'DataType')
  const kind = /^(String|Number|Binary)(\..+)?$/.exec(DataType)?.[1]
  if (kind === undefined) {
    throw invalidParameter(name, DataType, 'DataType must begin with String, Number or Binary.')
  }
  const member = kind === 'Binary' ? 'BinaryValue' : 'StringValue'
  const content = optionalText(input, member)
  if (content === undefined || content === '') {
    throw invalidParameter(name, DataType, `An attribute of this type needs a ${member} that is not empty.`)
  }
  if (kind === 'Number' && !isNumber(content)) throw invalidParameter(name, content, 'It is not a number.')
  return { DataType, [member]: content }
}

function isNumber(content: string): boolean {
  return content.trim() !== '' && Number.isFinite(Number(content))
}
