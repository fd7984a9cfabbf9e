import { AwsError } from '../wire/aws-error.ts'
import type { Identity } from '../wire/face.ts'
import type { JsonInput } from '../wire/json-target.ts'
import { busNameOf, ruleArn } from './bus-name.ts'
import type { Rule } from './rules.ts'

/**
 * ListRules: by name, at most `Limit` at a time, 100 if not said; `NextToken` is the name the next page follows.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html
 */
export function listRules(rules: readonly Rule[], identity: Identity, input: JsonInput): unknown {
  const bus = busNameOf(identity, input['EventBusName'])
  const prefix = String(input['NamePrefix'] ?? '')
  const after = String(input['NextToken'] ?? '')
  const limit = limitOf(input['Limit'])
  const rest = rules
    .filter(rule => rule.bus === bus && rule.name.startsWith(prefix) && rule.name > after)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const page = rest.slice(0, limit)
  return {
    Rules: page.map(rule => describe(rule, identity)),
    ...(rest.length > limit ? { NextToken: page.at(-1)?.name } : {}),
  }
}

function limitOf(limit: unknown): number {
  if (limit === undefined || limit === null) return 100
  if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 1 && limit <= 100) return limit
  throw new AwsError(
    'ValidationException',
    `Limit ${JSON.stringify(limit)} is not a whole number from 1 to 100.`,
  )
}

function describe(rule: Rule, identity: Identity) {
  return {
    Name: rule.name,
    Arn: ruleArn(identity, rule.bus, rule.name),
    EventPattern: JSON.stringify(rule.pattern),
    State: 'ENABLED',
    EventBusName: rule.bus,
  }
}
