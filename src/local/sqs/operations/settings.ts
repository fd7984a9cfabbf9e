import type { CompleteQueueDefinition, RedrivePolicy } from '../queue-definition.ts'
import type { QueueCommands } from '../queues.ts'
import { invalidAttributeName, invalidAttributeValue } from '../sqs-error.ts'

type NumberSetting = Exclude<keyof CompleteQueueDefinition, 'name' | 'redrive'>

const NUMBERS: Readonly<Record<string, readonly [setting: NumberSetting, low: number, high: number]>> = {
  VisibilityTimeout: ['visibilityTimeout', 0, 43_200],
  DelaySeconds: ['delay', 0, 900],
  MessageRetentionPeriod: ['retention', 60, 1_209_600],
  ReceiveMessageWaitTimeSeconds: ['receiveWait', 0, 20],
  MaximumMessageSize: ['maximumMessageSize', 1024, 1_048_576],
}

/** Settings of AWS's that mean nothing on one machine: who may do what, and how it is encrypted. */
const WITHOUT_EFFECT = [
  'Policy',
  'RedriveAllowPolicy',
  'SqsManagedSseEnabled',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
]

/** The attributes that CreateQueue and SetQueueAttributes know. */
export const SETTABLE: readonly string[] = [...Object.keys(NUMBERS), 'RedrivePolicy', ...WITHOUT_EFFECT]

/**
 * The definition with these attributes set.
 * @throws AwsError InvalidAttributeName, InvalidAttributeValue
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 */
export function changedDefinition(
  queues: QueueCommands,
  definition: CompleteQueueDefinition,
  attributes: Readonly<Record<string, unknown>>,
): CompleteQueueDefinition {
  let changed = definition
  for (const [name, value] of Object.entries(attributes)) {
    if (!SETTABLE.includes(name)) throw invalidAttributeName(name)
    const setting = NUMBERS[name]
    if (setting !== undefined) changed = { ...changed, [setting[0]]: numberOf(name, value) }
    if (name === 'RedrivePolicy') changed = { ...changed, redrive: redriveOf(queues, value) }
  }
  return changed
}

/** The attributes that make this definition, as GetQueueAttributes tells them. */
export function settings(
  queues: QueueCommands,
  definition: CompleteQueueDefinition,
): Readonly<Record<string, string>> {
  const numbers = Object.entries(NUMBERS).map(([name, [setting]]) => [name, String(definition[setting])])
  const { redrive } = definition
  if (redrive === undefined) return Object.fromEntries(numbers)
  const deadLetterTargetArn = queues.arn(redrive.deadLetterQueue)
  const policy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: redrive.maxReceiveCount })
  return { ...Object.fromEntries(numbers), RedrivePolicy: policy }
}

function numberOf(name: string, value: unknown): number {
  const [, low, high] = NUMBERS[name] ?? ['', 0, 0]
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : Number.NaN
  if (number >= low && number <= high) return number
  throw invalidAttributeValue(name, value, `Must be a whole number from ${low} to ${high}, as text.`)
}

/** An empty text takes the policy away. */
function redriveOf(queues: QueueCommands, value: unknown): RedrivePolicy | undefined {
  if (value === '') return undefined
  const { deadLetterTargetArn, maxReceiveCount } = policyOf(value)
  const count = Number(maxReceiveCount)
  if (!Number.isInteger(count) || count < 1 || count > 1000) {
    throw invalidAttributeValue(
      'RedrivePolicy',
      value,
      'maxReceiveCount must be a whole number from 1 to 1000.',
    )
  }
  const deadLetterQueue = queues.names().find(name => queues.arn(name) === deadLetterTargetArn)
  if (deadLetterQueue === undefined) {
    throw invalidAttributeValue(
      'RedrivePolicy',
      value,
      'Dead letter target does not exist. Create that queue first.',
    )
  }
  return { maxReceiveCount: count, deadLetterQueue }
}

function policyOf(value: unknown): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(String(value)))
  } catch {
    throw invalidAttributeValue('RedrivePolicy', value, 'It is not JSON.')
  }
}
