import { describe, expect, it } from 'vitest'
import { eventRules } from '../../src/core/event/event-rules.ts'
import { compilePattern } from '../../src/core/event-pattern/pattern.ts'
import { readWorkflow } from '../../src/core/workflow/read-workflow.ts'
import { permissionsOf } from '../../src/deploy/iam/permissions.ts'
import { touchedBy } from '../../src/deploy/iam/touched.ts'
import { ref } from '../../src/deploy/template/cloudformation.ts'

const TRAIN = 'arn:aws:states:eu-west-1:123456789012:stateMachine:train'
const workflowOf = (...machines: readonly string[]) => {
  const jobs = machines.map((machine, index) => `  j${index}: { stateMachine: "${machine}" }`)
  const text = ['workflow: w', 'parameters: { name: { type: string } }', 'jobs:', ...jobs].join('\n')
  const { workflow, diagnostics } = readWorkflow(text, 'w.yaml', { stackNames: ['train'] })
  if (workflow === undefined) throw new Error(diagnostics.map(({ message }) => message).join(' '))
  return workflow
}
const ruleOf = (...machines: readonly string[]) =>
  eventRules('s', [workflowOf(...machines)]).find(({ name }) => name === 'execution-status-change')
const statements = (...machines: readonly string[]) =>
  permissionsOf(
    ['client-sfn:DescribeExecution', 'client-sfn:StartExecution', 'client-sfn:StopExecution'],
    touchedBy({
      ...{ stackName: 's', workflows: machines.length > 0 ? [workflowOf(...machines)] : [], logGroup: 'g' },
      names: { train: ref('TrainMachine') },
    }),
  )

describe('the rule for executions', () => {
  const event = (stateMachineArn: string, status: string) => ({
    ...{ source: 'aws.states', 'detail-type': 'Step Functions Execution Status Change' },
    detail: { stateMachineArn, status },
  })

  it.each([
    ['ends of the machine', TRAIN, 'SUCCEEDED', true],
    ['timeouts', TRAIN, 'TIMED_OUT', true],
    ['no beginnings', TRAIN, 'RUNNING', false],
    ['no other machine', `${TRAIN}-2`, 'FAILED', false],
  ])('lets in %s', (_title, machine, status, expected) => {
    expect(compilePattern(ruleOf(TRAIN)?.pattern ?? {})(event(machine, status))).toBe(expected)
  })

  it('lets in what a parameter may name', () => {
    const matches = compilePattern(
      ruleOf('arn:aws:states:eu-west-1:123456789012:stateMachine:${parameters.name}')?.pattern ?? {},
    )
    expect(matches(event(TRAIN, 'FAILED'))).toBe(true)
    expect(matches(event('arn:aws:states:eu-west-1:999999999999:stateMachine:train', 'FAILED'))).toBe(false)
  })

  it('is not there for workflows without executions', () => {
    expect(eventRules('s', []).map(({ name }) => name)).not.toContain('execution-status-change')
  })
})

describe('what functions may do with state machines', () => {
  it('is to start those named, and to ask for and stop their executions', () => {
    const executions = ['arn:aws:states:eu-west-1:123456789012:execution:train:*']
    expect(statements(TRAIN, TRAIN)).toEqual([
      { actions: ['states:DescribeExecution'], resources: executions },
      { actions: ['states:StartExecution'], resources: [TRAIN] },
      { actions: ['states:StopExecution'], resources: executions },
    ])
  })

  it('follows a state machine that CloudFormation makes', () => {
    const [describing, starting] = statements('${stack.train}')
    expect(starting?.resources).toEqual([{ Ref: 'TrainMachine' }])
    const parts = { 'Fn::Split': [':stateMachine:', { Ref: 'TrainMachine' }] }
    expect(describing?.resources).toEqual([
      { 'Fn::Join': ['', [{ 'Fn::Join': [':execution:', parts] }, ':*']] },
    ])
  })

  it('is nothing where no workflow names one', () => {
    expect(statements()).toEqual([])
  })
})
