import { afterAll, beforeAll, it } from 'vitest'
import { type ObjectServer, startObjectServer } from './object-server.ts'
import { runJob } from './run-jobs.ts'

const CLEAN = ['jobs/clean.mjs', 's3://input/day.json']
const OUTPUT = 's3://output/run'

let server: ObjectServer
beforeAll(async () => {
  server = await startObjectServer()
  server.objects.set('input/broken.json', Buffer.from('\n{"apMac":\n'))
  server.objects.set('output/run/access-points.json', Buffer.from('[]'))
  server.objects.set('output/run/visitors/shard-0-of-2.jsonl', Buffer.from(''))
  server.objects.set('output/mixed/access-points.json', Buffer.from('[]'))
  server.objects.set('output/mixed/visitors/shard-0-of-1.jsonl', Buffer.from(''))
  server.objects.set('output/mixed/visitors/shard-1-of-2.jsonl', Buffer.from(''))
  server.objects.set('output/odd/access-points.json', Buffer.from('{'))
})
afterAll(() => server.close())

it.concurrent.for<[string, readonly string[], Record<string, string>, string]>([
  [
    'no such object',
    CLEAN,
    {},
    's3://input/day.json: 404 NoSuchKey (The specified key does not exist.). Is the',
  ],
  [
    'no argument',
    ['jobs/clean.mjs'],
    {},
    'expected one argument, got 0. Use it as: node jobs/clean.mjs s3://b',
  ],
  ['no URI of S3', ['jobs/clean.mjs', '/tmp/x'], {}, '"/tmp/x" is not in S3. Give it as s3://bucket/key'],
  ['no output', CLEAN, { BATCHWISE_OUTPUT: '' }, 'BATCHWISE_OUTPUT is not set.'],
  ['no region', CLEAN, { AWS_REGION: '' }, 'AWS_REGION is not set.'],
  ['no credentials', CLEAN, { AWS_ACCESS_KEY_ID: '' }, 'There are no AWS credentials.'],
  ['a wrong secret', CLEAN, { AWS_SECRET_ACCESS_KEY: 'x' }, 's3://input/day.json: 403 SignatureDoesNotMatch'],
  ['an unknown option', CLEAN, { ON_BROKEN: 'stop' }, 'ON_BROKEN is "stop". Set it to skip or to fail.'],
  [
    'a broken line that is to fail',
    ['jobs/clean.mjs', 's3://input/broken.json'],
    { ON_BROKEN: 'fail' },
    'line 2: not JSON. Mend the file, or set ON_BROKEN=skip',
  ],
  [
    'a gap of no number',
    ['jobs/dwell.mjs', '--gap-minutes', 'x'],
    {},
    'expected --gap-minutes and a number above 0',
  ],
  [
    'a gap of zero',
    ['jobs/dwell.mjs', '--gap-minutes', '0'],
    {},
    'expected --gap-minutes and a number above 0',
  ],
  [
    'an index outside the array',
    ['jobs/visitors.mjs'],
    { AWS_BATCH_JOB_ARRAY_INDEX: '4', AWS_BATCH_JOB_ARRAY_SIZE: '4' },
    'AWS_BATCH_JOB_ARRAY_INDEX 4 does not fit an array of 4.',
  ],
  [
    'an index of no number',
    ['jobs/visitors.mjs'],
    { AWS_BATCH_JOB_ARRAY_INDEX: '-1' },
    'AWS_BATCH_JOB_ARRAY_INDEX is "-1".',
  ],
  ['a missing shard', ['jobs/join.mjs'], {}, 's3://output/run/visitors/shard-1-of-2.jsonl is missing.'],
  [
    'shards of two arrays',
    ['jobs/join.mjs'],
    { BATCHWISE_OUTPUT: 's3://output/mixed' },
    's3://output/mixed/visitors/shard-1-of-2.jsonl does not belong to the other shards.',
  ],
  [
    'a result that is no JSON',
    ['jobs/join.mjs'],
    { BATCHWISE_OUTPUT: 's3://output/odd/' },
    's3://output/odd/access-points.json line 1: not JSON.',
  ],
  ['quantiles before dwell', ['jobs/quantiles.mjs'], {}, 'dwell-report.json: 404 NoSuchKey'],
  ['a report before the rest', ['jobs/report.mjs', 's3://input/x'], {}, 'floor-hours.jsonl: 404 NoSuchKey'],
])('tells %s in one line and ends with 1', async ([_title, command, env, message], { expect }) => {
  const ended = await runJob(command, { ...server.env, BATCHWISE_OUTPUT: OUTPUT, ...env })
  expect(ended.stderr).toContain(message)
  expect(ended.stderr).toMatch(/^[a-z]+: [^\n]+\n$/)
  expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 1, stdout: '' })
})
