import { resourcesOf, type Template, type Values } from './packaged-stack.ts'

export interface FoundStatement {
  readonly owner: string
  readonly effect: string
  readonly principal: unknown
  readonly actions: readonly string[]
  readonly resources: readonly unknown[]
  readonly condition: unknown
}

/** Every statement of every role. */
export function roleStatements(template: Template): readonly FoundStatement[] {
  return resourcesOf(template, 'AWS::IAM::Role').flatMap(([owner, { Policies = [] }]) =>
    Policies.flatMap(({ PolicyDocument }: Values) => statementsIn(owner, PolicyDocument)),
  )
}

/** Every statement of the policies of buckets, queues and topics. */
export function resourceStatements(template: Template): readonly FoundStatement[] {
  return ['AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy'].flatMap(type =>
    resourcesOf(template, type).flatMap(([owner, { PolicyDocument }]) => statementsIn(owner, PolicyDocument)),
  )
}

function statementsIn(owner: string, document: Values): readonly FoundStatement[] {
  return [document['Statement']].flat().map((it: Values) => ({
    owner,
    effect: it['Effect'],
    principal: it['Principal'],
    actions: [it['Action']].flat(),
    resources: [it['Resource']].flat(),
    condition: it['Condition'],
  }))
}
