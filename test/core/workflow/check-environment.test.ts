import { describe, expect, it } from 'vitest'
import { existing, faults, image, jobs, type Row, table, top } from './workflow-text.ts'

describe('environment', () => {
  const environment = (value: string) => jobs(`a: { environment: { ${value} }, ${existing} }`)
  table([
    [
      'E140 names of Batch',
      environment('AWS_BATCH_JOB_ID: x'),
      ['E140 3 jobs.a.environment.AWS_BATCH_JOB_ID «AWS_BATCH_JOB_ID»'],
      'reserved',
    ],
    [
      'E140 names of Batchwise, in the defaults too',
      top('defaults: { environment: { BATCHWISE_KEY: x } }'),
      ['E140 3 defaults.environment.BATCHWISE_KEY «BATCHWISE_KEY»'],
      'reserved',
    ],
    ...['DB_PASSWORD', 'API_KEY', 'apiKey', 'GITHUB_TOKEN', 'CLIENT_SECRET', 'AWS_SECRET_ACCESS_KEY'].map(
      (name): Row => [
        `E141 ${name}`,
        environment(`${name}: hunter2`),
        [`E141 3 jobs.a.environment.${name} «hunter2»`],
        'looks like a secret in plain text. Keep it in Secrets Manager',
      ],
    ),
  ])
  it.each([
    'DB_PASSWORD: "${stack.jobRole}"',
    'DB_PASSWORD: ""',
    'TOKEN: arn:aws:secretsmanager:x',
    'SECRET_ARN: x',
    'MAX_TOKENS: 5',
    'KEY: x',
  ])('lets %s pass', value => expect(faults(environment(value))).toEqual([]))
})

describe('secrets', () => {
  const secrets = (value: string, more = '') => jobs(`a: { secrets: { ${value} }, ${more}${image} }`)
  const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf'
  table([
    [
      'E140 a reserved name',
      secrets(`BATCHWISE_X: "${arn}"`),
      ['E140 3 jobs.a.secrets.BATCHWISE_X «BATCHWISE_X»'],
      'reserved',
    ],
    [
      'E140 a name of the environment',
      secrets(`PASSWORD: "${arn}"`, 'environment: { PASSWORD: "${stack.jobRole}" }, '),
      ['E140 3 jobs.a.secrets.PASSWORD «PASSWORD»'],
      'is in `environment`, too',
    ],
    [
      'E141 the secret itself',
      secrets('PASSWORD: hunter2'),
      ['E141 3 jobs.a.secrets.PASSWORD «hunter2»'],
      'is not the ARN of a secret',
    ],
    [
      'E111 with a job definition',
      jobs(`a: { ${existing}, secrets: {} }`),
      ['E111 3 jobs.a.secrets «secrets»'],
      'belongs to the job definition',
    ],
  ])

  it.each([arn, `${arn}:password::`, 'arn:aws:ssm:${stack.region}:1:parameter/db', '${stack.secret}'])(
    'takes %s',
    value => {
      expect(faults(secrets(`PASSWORD: "${value}"`)).filter(fault => !fault.startsWith('E143'))).toEqual([])
    },
  )
})
