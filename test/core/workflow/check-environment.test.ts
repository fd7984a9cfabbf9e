import { describe, expect, it } from 'vitest'
import { existing, faults, jobs, type Row, table, top } from './workflow-text.ts'

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
