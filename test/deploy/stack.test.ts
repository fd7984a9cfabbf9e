import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { alertMessage } from '../../src/core/alert/alert-message.ts'
import type { JobRecord } from '../../src/core/run/job-record.ts'
import { winWrite } from '../../src/core/run/job-writes.ts'
import { readWorkflow } from '../../src/core/workflow/read-workflow.ts'
import type { Workflow } from '../../src/core/workflow/workflow.ts'
import { readDeploySettings } from '../../src/deploy/settings.ts'
import { type Stack, stackOf } from '../../src/deploy/stack.ts'
import { readWorkflowFiles } from '../../src/deploy/workflow-files.ts'
import { localStack } from '../../src/local/stack/local-names.ts'
import type { Template } from './packaged-stack.ts'
import { roleStatements } from './statements.ts'

const { workflows } = readWorkflowFiles(['workflows'], Object.keys(localStack({})), false)

function stackWith(settings: Readonly<Record<string, string>> = {}, more: readonly Workflow[] = []): Stack {
  return stackOf({
    stackName: 'batchwise-test',
    stage: 'test',
    settings: readDeploySettings(settings),
    ownNames: {},
    workflows: [...workflows, ...more],
    queues: [],
  })
}

const QUEUE = 'arn:aws:batch:eu-west-1:123456789012:job-queue/mine'
const ENVIRONMENT = 'arn:aws:batch:eu-west-1:123456789012:compute-environment/mine'
const ALERT = { workflow: 'w', kind: 'failed', stage: 'dev', summary: 'failed', lines: [] } as const
const ROLE = 'arn:aws:iam::123456789012:role/mine'

describe('secrets of jobs', () => {
  const job = 'image: i, command: [c], vcpu: 1, memory: 2GiB, timeout: 1h'
  const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf'
  const text = `workflow: secretive
jobs:
  a: { ${job}, secrets: { PASSWORD: "${arn}:password::", USER: "${arn}:user::" } }
  b: { ${job}, secrets: { KEY: "arn:aws:ssm:\${stack.region}:\${stack.account}:parameter/key" } }
  c: { ${job}, executionRole: "${'arn:aws:iam::123456789012:role/mine'}", secrets: { OTHER: "${arn}-other" } }
`
  const { workflow } = readWorkflow(text, 'w.yaml', { stackNames: Object.keys(localStack({})) })

  it('go into the job definition, and the execution role may read them and no others', () => {
    const { resources } = stackWith({}, workflow ? [workflow] : [])
    const [definition] = Object.entries(resources).flatMap(([id, resource]) =>
      /^SecretiveA/.test(id) ? [resource] : [],
    )
    expect(JSON.stringify(definition)).toContain(
      `"Secrets":[{"Name":"PASSWORD","ValueFrom":"${arn}:password::"},{"Name":"USER"`,
    )
    const statements = JSON.stringify(resources['ExecutionRole'])
    expect(statements).toContain(`"Action":["secretsmanager:GetSecretValue"],"Resource":["${arn}"]`)
    expect(statements).toMatch(
      /"Action":\["ssm:GetParameters"\],"Resource":\[\{"Fn::Join".*"AWS::Region".*"AWS::AccountId".*:parameter\/key/,
    )
    expect(statements).not.toContain('-other')
  })

  it('are nothing to the execution role where no job has any', () => {
    expect(JSON.stringify(stackWith().resources['ExecutionRole'])).not.toMatch(/secretsmanager|ssm:/)
  })
})

describe('a stack on what exists already', () => {
  it.each([
    [{ inputBucket: 'mine' }, ['InputBucket', 'InputBucketPolicy']],
    [{ outputBucket: 'mine' }, ['OutputBucket', 'OutputBucketPolicy']],
    [{ subnets: 'subnet-1,subnet-2', securityGroups: 'sg-1' }, ['JobVpc', 'JobSubnetA', 'JobSecurityGroup']],
    [{ securityGroups: 'sg-1' }, ['JobSecurityGroup']],
    [{ fargateSpotEnvironment: ENVIRONMENT }, ['FargateSpot']],
    [{ fargateEnvironment: ENVIRONMENT }, ['FargateOnDemand']],
    [{ ec2SpotEnvironment: ENVIRONMENT }, ['Ec2Spot', 'Ec2LaunchTemplate', 'InstanceRole']],
    [{ defaultQueue: QUEUE }, ['DefaultQueue']],
    [{ onDemandQueue: QUEUE }, ['OnDemandQueue']],
    [{ ec2SpotQueue: QUEUE }, ['Ec2SpotQueue']],
    [{ highQueue: QUEUE }, ['HighQueue']],
    [{ lowQueue: QUEUE }, ['LowQueue']],
    [{ jobRole: ROLE }, ['JobRole']],
    [{ executionRole: ROLE }, ['ExecutionRole']],
    [{ instanceProfile: ROLE }, ['InstanceProfile', 'InstanceRole']],
    [{ repository: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/mine' }, ['Repository']],
    [{ logGroup: '/mine' }, ['JobLogGroup']],
  ])('with %j makes neither %j nor a reference to it', (settings, spared) => {
    const whole = Object.keys(stackWith().resources)
    const { resources } = stackWith(settings)
    const text = JSON.stringify(resources)
    for (const id of spared) {
      expect(whole).toContain(id)
      expect(Object.keys(resources)).not.toContain(id)
      expect(text).not.toContain(`"Ref":"${id}"`)
      expect(text).not.toContain(`"Fn::GetAtt":["${id}"`)
    }
  })

  it('gives workflow files the names of what exists', () => {
    const { names } = stackWith({ inputBucket: 'mine', highQueue: QUEUE, jobRole: ROLE })
    expect([names['inputBucket'], names['highQueue'], names['jobRole']]).toEqual(['mine', QUEUE, ROLE])
  })

  it('puts an unmanaged environment behind the EC2 one', () => {
    const order = stackWith({ unmanagedEnvironment: ENVIRONMENT }).resources['Ec2SpotQueue']?.Properties
    expect(order?.['ComputeEnvironmentOrder']).toEqual([
      { Order: 1, ComputeEnvironment: { Ref: 'Ec2Spot' } },
      { Order: 2, ComputeEnvironment: ENVIRONMENT },
    ])
  })

  it.each([
    ['', undefined],
    ['fairShare', { Ref: 'FairShare' }],
    ['arn:policy', 'arn:policy'],
  ])('with scheduling policy "%s" gives queues %j', (schedulingPolicy, expected) => {
    const queue = stackWith({ schedulingPolicy }).resources['DefaultQueue']?.Properties
    expect(queue?.['SchedulingPolicyArn']).toEqual(expected)
  })

  it('lets no job be ended as unplaceable where that is switched off', () => {
    const queue = stackWith({ endUnplaceableAfter: '0' }).resources['DefaultQueue']?.Properties
    expect(queue?.['JobStateTimeLimitActions']).toBeUndefined()
  })
})

describe('the job role', () => {
  const fenced = (more: string): Workflow => {
    const keys = `command: [batchwise-claim, run], timeout: 1h, ${more}`
    const { workflow } = readWorkflow(`workflow: fenced\njobs: { a: { ${keys} } }`, 'w.yaml', {
      stackNames: Object.keys(localStack({})),
    })
    if (workflow === undefined) throw new Error('The workflow of this test has a fault.')
    return workflow
  }
  const image = 'image: x, vcpu: 1, memory: 2GiB'

  it.each([
    ['no job has the fence', [], []],
    ['a job with this role has it', [fenced(image)], ['dynamodb:GetItem', 'dynamodb:UpdateItem']],
    ['a job with another role has it', [fenced(`${image}, jobRole: "${ROLE}"`)], []],
    ['a job with an existing definition has it', [fenced('jobDefinition: x')], []],
  ])('may touch of the table, where %s: %j', (_title, more, actions) => {
    const statements = roleStatements({ Resources: stackWith({}, more).resources } as unknown as Template)
    const found = statements.filter(
      ({ owner, actions }) => owner === 'JobRole' && actions.some(action => action.startsWith('dynamodb:')),
    )
    expect(found.flatMap(statement => statement.actions)).toEqual(actions)
    for (const { condition } of found)
      expect(condition).toMatchObject({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['run#*'] } })
  })

  it('has the statements that the page gives for a role of your own', () => {
    const { resources } = stackWith({}, [fenced(image)])
    const found = roleStatements({ Resources: resources } as unknown as Template).filter(({ condition }) =>
      JSON.stringify(condition ?? {}).includes('dynamodb:'),
    )
    const [, text = ''] = /```json\n(.*?)```/s.exec(readFileSync('docs/strict-fence.md', 'utf8')) ?? []
    const written: { Action: string; Condition: object }[] = JSON.parse(text)
    expect(found.map(({ actions, condition }) => [...actions, condition])).toEqual(
      written.map(({ Action, Condition }) => [Action, Condition]),
    )
  })

  it('may touch what `win` touches, and no more', () => {
    const {
      condition,
      set,
      remove = [],
    } = winWrite({ runId: 'r', job: 'a', submission: 1 } as JobRecord, 'j', 2, 0)
    const paths = JSON.stringify(condition).matchAll(/"path":"(\w+)"/g)
    const touched = new Set([
      ...Object.keys(set),
      ...remove,
      ...[...paths].map(([, path]) => path),
      'pk',
      'sk',
    ])
    const text = JSON.stringify(stackWith({}, [fenced(image)]).resources['JobRole'])
    const allowed = /"dynamodb:UpdateItem".*"dynamodb:Attributes":(\[[^\]]*\])/.exec(text)?.[1] ?? '[]'
    expect(JSON.parse(allowed).sort()).toEqual([...touched].sort())
  })
})

describe('the subscription of a phone', () => {
  it.each([true, false])('lets an alert through whose workflow says sms: %s, or does not', sms => {
    const { resources } = stackWith({ alertPhones: '+491701234567', alertEmails: 'ada@example.org' })
    const policyOf = (id: string) => Object.entries(resources[id]?.Properties?.['FilterPolicy'] ?? {})
    const { attributes } = alertMessage({ ...ALERT, sms })
    const passes = (id: string) =>
      policyOf(id).every(([name, values]) => values.includes(attributes[name as keyof typeof attributes]))
    expect(policyOf('AlertPhone1')).toHaveLength(1)
    expect({ phone: passes('AlertPhone1'), email: passes('AlertEmail1') }).toEqual({
      phone: sms,
      email: true,
    })
  })
})

describe('settings', () => {
  it.each([
    [{ alertEmail: 'a@x.org' }, /deploy\.alertEmail: there are: alertEmails/],
    [{ alarms: 'none' }, /alarms: there are: all, few/],
    [{ maxvCpus: 'many' }, /maxvCpus: "many" is not a whole number/],
    [{ subnets: ['subnet-1'] }, /subnets: it must be a text/],
    [{ endUnplaceableAfter: '60' }, /endUnplaceableAfter: Batch takes 600 to 86,400 seconds/],
    [['x'], /it must be a map/],
  ])('refuse %j', (given, message) => {
    expect(() => readDeploySettings(given)).toThrow(message)
  })

  it('take their defaults where nothing is given', () => {
    expect(readDeploySettings({ maxvCpus: '', ec2InstanceTypes: null })).toEqual(
      readDeploySettings(undefined),
    )
  })

  it.each(['nobody', 'ada@', 'ada@x.org;eve@x.org'])('refuse "%s" as an address', address => {
    expect(() => stackWith({ alertEmails: address })).toThrow(/is not an e-mail address/)
  })

  it('refuse a phone number without its country', () => {
    expect(() => stackWith({ alertPhones: '0170123456' })).toThrow(/is not a phone number/)
  })
})
