import { AwsError } from '../wire/aws-error.ts'

/** Refusals of SQS. Each has its name of today and, for older clients, that of the query protocol. */

export function queueDoesNotExist(queue: string): AwsError {
  return new AwsError(
    'QueueDoesNotExist',
    `The specified queue does not exist: ${quoted(queue)}. \`aws sqs list-queues\` lists those that do.`,
    { queryCode: 'AWS.SimpleQueueService.NonExistentQueue' },
  )
}

export function queueNameExists(queue: string, attribute: string): AwsError {
  return new AwsError(
    'QueueNameExists',
    `A queue named ${queue} already exists with another value for attribute ${attribute}. ` +
      'Create it with the same attributes, or change it with SetQueueAttributes.',
    { queryCode: 'QueueAlreadyExists' },
  )
}

export function receiptHandleIsInvalid(handle: string): AwsError {
  return new AwsError(
    'ReceiptHandleIsInvalid',
    `The input receipt handle ${quoted(handle)} is invalid: it is not of this queue. Use the handle of the latest receive.`,
    { status: 404, queryCode: 'ReceiptHandleIsInvalid' },
  )
}

export function messageNotInflight(messageId: string): AwsError {
  return new AwsError(
    'MessageNotInflight',
    `The message ${messageId} is not in flight: its visibility timeout has passed. Receive it again first.`,
    { queryCode: 'AWS.SimpleQueueService.MessageNotInflight' },
  )
}

export function invalidParameter(name: string, value: unknown, reason: string): AwsError {
  return new AwsError(
    'InvalidParameterValueException',
    `Value ${quoted(value)} for parameter ${name} is invalid. Reason: ${reason}`,
    { queryCode: 'InvalidParameterValue' },
  )
}

export function missingParameter(name: string): AwsError {
  return new AwsError(
    'MissingRequiredParameterException',
    `The request must contain the parameter ${name}.`,
    { queryCode: 'MissingParameter' },
  )
}

export function invalidAttributeName(name: string): AwsError {
  return new AwsError('InvalidAttributeName', `Unknown Attribute ${quoted(name)}.`, {
    queryCode: 'InvalidAttributeName',
  })
}

export function invalidAttributeValue(name: string, value: unknown, reason: string): AwsError {
  return new AwsError(
    'InvalidAttributeValue',
    `Invalid value ${quoted(value)} for the attribute ${name}. Reason: ${reason}`,
    { queryCode: 'InvalidAttributeValue' },
  )
}

export function invalidMessageContents(): AwsError {
  return new AwsError(
    'InvalidMessageContents',
    'The message contains characters outside the set that XML allows. Encode it, for example as base64.',
    { queryCode: 'InvalidMessageContents' },
  )
}

function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
