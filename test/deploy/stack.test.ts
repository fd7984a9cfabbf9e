import { describe, expect, it } from 'vitest'
import { readDeploySettings } from '../../src/deploy/settings.ts'
import { type Stack, stackOf } from '../../src/deploy/stack.ts'
import { readWorkflowFiles } from '../../src/deploy/workflow-files.ts'
import { localStack } from '../../src/local/stack/local-names.ts'

const { workflows } = readWorkflowFiles(['workflows'], Object.keys(localStack({})), false)

function stackWith(settings: Readonly<Record<string, string>> = {}): Stack {
  return stackOf({
    stackName: 'batchwise-test',
    stage: 'test',
    settings: readDeploySettings(settings),
    ownNames: {},
    workflows,
    queues: [],
  })
}

const QUEUE = 'arn:aws:batch:eu-west-1:123456789012:job-queue/mine'
const ENVIRONMENT = 'arn:aws:batch:eu-west-1:123456789012:compute-environment/mine'
const ROLE = 'arn:aws:iam::123456789012:role/mine'

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

describe('settings', () => {
  it.each([
    [{ alertEmail: 'a@x.org' }, /deploy\.alertEmail: there are: alertEmails/],
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
