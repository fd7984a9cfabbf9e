import { invalid } from './invalid-parameter.ts'

/** Texts by protocol, with one for all others. */
export type Messages = Readonly<Record<string, string>> & { readonly default: string }

const PROTOCOLS = [
  'default',
  'email',
  'email-json',
  'sms',
  'http',
  'https',
  'sqs',
  'lambda',
  'application',
  'firehose',
]

/**
 * The texts of a message. With the structure `json` it is an object of texts by protocol, `default` among them;
 * other keys, and values that are no texts, are ignored as SNS ignores them. @throws AwsError InvalidParameter
 */
export function messagesOf(message: string, structure: string | undefined): Messages {
  if (structure === undefined) return { default: message }
  if (structure !== 'json') throw invalid('MessageStructure', 'it is "json" or is left out.')
  const parsed = parse(message)
  const texts = Object.entries(parsed).filter(
    (entry): entry is [string, string] => PROTOCOLS.includes(entry[0]) && typeof entry[1] === 'string',
  )
  const fallback = texts.find(([protocol]) => protocol === 'default')?.[1]
  if (fallback === undefined) {
    throw invalid('Message Structure', 'No default entry in JSON message body. Add a text under "default".')
  }
  return { ...Object.fromEntries(texts), default: fallback }
}

function parse(message: string): object {
  let parsed: unknown
  try {
    parsed = JSON.parse(message)
  } catch {
    parsed = undefined // refused below, with what is no object either
  }
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed
  throw invalid(
    'Message Structure',
    'JSON message body failed to parse. Give a JSON object of texts by protocol.',
  )
}
