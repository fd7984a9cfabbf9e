import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packageFunctions } from '../../src/deploy/package-functions.ts'
import { readWorkflowFiles } from '../../src/deploy/workflow-files.ts'
import { localStack } from '../../src/local/stack/local-names.ts'
import { bundleIn, codeIn, sdkOperations } from './bundles.ts'
import { cfnLint } from './cfn-lint.ts'
import { localRules, withLocalNames } from './local-rules.ts'
import { Project, resourcesOf, type Template } from './packaged-stack.ts'
import { RULES } from './rules.ts'
import { roleStatements } from './statements.ts'

const { workflows } = readWorkflowFiles(['workflows'], Object.keys(localStack({})), false)

/** What each function may call, trigger and log included. */
const START = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'sqs:SendMessage']
const TABLE = [...START, 'dynamodb:Query']
const QUEUE = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage']
const LOG = ['logs:CreateLogStream', 'logs:PutLogEvents']
const ASK = ['batch:DescribeJobs', 'batch:ListJobs', 'batch:TerminateJob']
const LOOK = ['batch:DescribeComputeEnvironments', 'batch:DescribeJobQueues', 'batch:GetJobQueueSnapshot']
const ANSWER = ['states:SendTaskFailure', 'states:SendTaskSuccess']
const CALLS: Readonly<Record<string, readonly string[]>> = {
  OnObjectCreatedRole: [...TABLE, ...QUEUE, ...LOG],
  OnRequestRole: [...ANSWER, ...TABLE, ...QUEUE, ...LOG],
  OnJobStateChangeRole: [...ASK, ...TABLE, ...QUEUE, ...LOG],
  OnEventRole: [...START, ...QUEUE, ...LOG],
  OnScheduleRole: [...START, ...LOG],
  SweepRole: [...ASK, ...LOOK, 'sns:Publish', ...TABLE, ...LOG],
  AdvanceRole: [
    ...ASK,
    ...[
      'batch:SubmitJob',
      'batch:TagResource',
      'events:PutEvents',
      'logs:GetLogEvents',
      's3:GetObject',
      's3:GetObjectVersion',
      's3:ListBucket',
      's3:PutObject',
      'sns:Publish',
    ],
    ...ANSWER,
    ...TABLE,
    ...QUEUE,
    ...LOG,
  ],
}

/** Operations that the SDK brings along and our code never calls: endpoint discovery, S3 Express. */
const NEVER_CALLED = ['dynamodb:DescribeEndpoints', 's3:CreateSession']
/** Allowed only where workflows name state machines. */
const OF_STATE_MACHINES = ['states:DescribeExecution', 'states:StartExecution', 'states:StopExecution']
/** Operations that IAM calls otherwise. */
const NAMED_IN_IAM: Readonly<Record<string, string>> = { 's3:ListObjectsV2': 's3:ListBucket' }
/** What Lambda does with the function's role, and what comes with SubmitJob. */
const NOT_BY_CODE = [...QUEUE, ...LOG, 'batch:TagResource', 's3:GetObjectVersion']
const FUNCTIONS = [
  'on-object-created',
  'on-job-state-change',
  'on-request',
  'on-event',
  'on-schedule',
  'advance',
  'sweep',
]
const KB = 1000
/** Packaging takes 12 s alone, and several times that on a machine that does much else. */
const PATIENCE = 300_000

describe('the packaged stack', () => {
  const project = new Project()
  let template: Template
  beforeAll(async () => {
    const people = ['--param=alertEmails=ada@example.org', '--param=alertPhones=+4917012345']
    const { code, output } = await project.package('--stage', 'test', ...people)
    expect(output).toContain('Service packaged')
    expect(code).toBe(0)
    template = project.template()
  }, PATIENCE)
  afterAll(() => project.remove())

  it.each(Object.entries(RULES))('keeps the rule: %s', (_title, rule) => {
    expect(rule(template)).toEqual([])
  })

  it.each(Object.entries(CALLS))('lets %s make its calls and no others', (role, calls) => {
    const actions = roleStatements(template).flatMap(it => (it.owner === role ? it.actions : []))
    expect([...new Set(actions)].sort()).toEqual([...calls].sort())
  })

  it.each(FUNCTIONS)('has in the bundle of %s the operations of its role', async name => {
    const zip = project.read(`${name}.zip`)
    const operations = codeIn(zip).flatMap(path => sdkOperations(bundleIn(zip, path)))
    const role = `${name.replace(/(?:^|-)(\w)/g, (_all, letter: string) => letter.toUpperCase())}Role`
    const called = operations.filter(it => !NEVER_CALLED.includes(it)).map(it => NAMED_IN_IAM[it] ?? it)
    const wanted = called.filter(it => !OF_STATE_MACHINES.includes(it))
    expect([...new Set(wanted)].sort()).toEqual(CALLS[role]?.filter(it => !NOT_BY_CODE.includes(it)).sort())
  })

  it.each(FUNCTIONS)('keeps the bundle of %s small', async name => {
    const code = await bundleIn(project.read(`${name}.zip`), `functions/${name}.js`)
    expect(code.length).toBeLessThan((name === 'advance' ? 450 : 350) * KB)
    const all = codeIn(project.read(`${name}.zip`)).map(
      path => bundleIn(project.read(`${name}.zip`), path).length,
    )
    expect(all.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(650 * KB)
  })

  it('loads what few runs need from a file of its own', async () => {
    const zip = project.read('advance.zip')
    expect(codeIn(zip)).toEqual(['functions/advance.js', 'functions/when-needed.js'])
    const file = join(project.folder, 'when-needed.cjs')
    writeFileSync(file, bundleIn(zip, 'functions/when-needed.js'))
    expect(await import(file)).toMatchObject({
      createObjects: expect.any(Function),
      createStateMachines: expect.any(Function),
    })
  })

  it('packs the same sources to the same bytes', { timeout: PATIENCE }, async () => {
    const sources = FUNCTIONS.map(name => ({ name, handler: `functions/${name}.handler` }))
    const packaged = await packageFunctions(project.folder, 'again', sources, workflows)
    const again = packaged.map(({ artifact }) =>
      readFileSync(join(project.folder, artifact)).toString('base64'),
    )
    expect(again).toEqual(FUNCTIONS.map(name => project.read(`${name}.zip`).toString('base64')))
  })

  it('holds the rules that local mode loads', () => {
    const packaged = resourcesOf(template, 'AWS::Events::Rule').map(([, it]) => withLocalNames(it))
    expect(packaged).toEqual(localRules(workflows))
  })

  it('polls no queue that no rule sends to: nothing here waits for events', () => {
    const asleep = resourcesOf(template, 'AWS::Lambda::EventSourceMapping').flatMap(([, it]) =>
      it['Enabled'] === false ? it['EventSourceArn']['Fn::GetAtt'][0] : [],
    )
    expect(asleep).toEqual(['EventQueue'])
    const [, errors] =
      resourcesOf(template, 'AWS::CloudWatch::Alarm').find(([id]) => id === 'ErrorsAlarm') ?? []
    expect(JSON.stringify(errors)).toContain('batchwise-test-advance')
    expect(JSON.stringify(errors)).not.toMatch(/batchwise-test-on-(event|schedule)/)
  })

  it('gives the functions the names of the stack as JSON', () => {
    const [first] = resourcesOf(template, 'AWS::Lambda::Function')
    const stack = first?.[1]['Environment'].Variables.BATCHWISE_STACK
    const text = stack['Fn::Join'][1]
      .map((part: unknown) => (typeof part === 'string' ? part : 'made-later'))
      .join('')
    expect(Object.keys(JSON.parse(text)).sort()).toEqual(Object.keys(localStack({})).sort())
  })

  it('lets the bus tell the command what the rest is called, in the 512 characters it has', () => {
    const [bus] = resourcesOf(template, 'AWS::Events::EventBus')
    const parts: readonly unknown[] = bus?.[1]['Description']['Fn::Join'][1]
    // Bucket names have at most 63 characters, the table's and the topic's are made alike.
    const text = parts.map(part => (typeof part === 'string' ? part : 'x'.repeat(90))).join('')
    expect(Object.keys(JSON.parse(text))).toEqual(['table', 'topic', 'inputBucket', 'outputBucket'])
    expect(text.length).toBeLessThanOrEqual(512)
    expect(parts).toContainEqual({ Ref: 'Table' })
  })

  it('subscribes the people named', () => {
    const found = resourcesOf(template, 'AWS::SNS::Subscription').map(([, it]) => [
      it['Protocol'],
      it['Endpoint'],
    ])
    expect(found).toEqual([
      ['email', 'ada@example.org'],
      ['sms', '+4917012345'],
    ])
  })

  it.runIf(cfnLint.installed)('has no error that cfn-lint knows', async () => {
    expect(await cfnLint.errors(join(project.folder, '.serverless'))).toBe('')
  })
})

describe('a project that cannot be deployed', () => {
  const project = new Project()
  afterAll(() => project.remove())

  it("is refused with the workflow file's own error", { timeout: PATIENCE }, async () => {
    const file = join(project.folder, 'workflows', 'access-points.yaml')
    writeFileSync(file, readFileSync(file, 'utf8').replace('    timeout: 30m', '    timeuot: 30m'))
    const { code, output } = await project.package()
    expect(code).not.toBe(0)
    expect(output).toContain(
      'workflows/access-points.yaml:42:5  jobs.clean.timeuot: The key `timeuot` is unknown.',
    )
    expect(output).not.toMatch(/\n\s+at /)
  })
})
