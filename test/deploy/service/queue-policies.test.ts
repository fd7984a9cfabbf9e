import { describe, expect, it } from 'vitest'
import type { EventRule } from '../../../src/core/event/event-rules.ts'
import { queuePolicies } from '../../../src/deploy/service/queue-policies.ts'

const rules = (count: number): readonly EventRule[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `wf-object-${index}`,
    bus: 'default',
    queue: 'ObjectCreatedQueue',
    pattern: {},
  }))

function conditionsOf(count: number, queue: string): readonly unknown[] {
  const policies = queuePolicies({ rules: rules(count), queues: [queue] })
  const document = policies[`${queue}Policy`]?.Properties?.['PolicyDocument']
  return (document as { Statement: { Condition: unknown }[] }).Statement.map(({ Condition }) => Condition)
}

describe('the policy of a queue', () => {
  it.each(['ObjectCreatedQueue', 'ObjectCreatedDeadLetters'])(
    'lets the rules that name it send to %s',
    queue => {
      const sources = [{ 'Fn::GetAtt': ['WfObject0Rule', 'Arn'] }, { 'Fn::GetAtt': ['WfObject1Rule', 'Arn'] }]
      expect(conditionsOf(2, queue)).toContainEqual({ ArnEquals: { 'aws:SourceArn': sources } })
    },
  )

  it('lets nobody send to a queue that no rule names', () => {
    expect(conditionsOf(2, 'AdvanceQueue')).toEqual([{ Bool: { 'aws:SecureTransport': 'false' } }])
  })

  it('stays small with many rules', () => {
    expect(JSON.stringify(conditionsOf(300, 'ObjectCreatedQueue')).length).toBeLessThan(500)
  })
})
