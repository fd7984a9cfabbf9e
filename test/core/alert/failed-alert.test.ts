import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { failedAlert, rootCause } from '../../../src/core/alert/failed-alert.ts'
import { viewJobs } from '../../../src/core/run/job-view.ts'
import { hostileKeys } from '../hostile-keys.ts'
import { type Graph, given, NOW, type RecordInShort, RUN_ID } from '../run/given.ts'

const GRAPH: Graph = { clean: {}, shards: 'clean', join: 'shards', other: {} }
const END = { finishedAt: NOW, status: 'FAILED' } as const
const PLACE = { stage: 'dev', region: 'eu-west-1', sms: true }

function alertOf(
  records: Readonly<Record<string, RecordInShort>>,
  key = 'in/a.csv',
  log: readonly string[] = [],
) {
  const trigger = { type: 'object', values: { key, uri: `s3://photos/${key}` } } as const
  const snapshot = given(GRAPH, records, { ...END, trigger })
  return failedAlert(snapshot.run, viewJobs(snapshot).values(), log, PLACE)
}

const OOM: RecordInShort = {
  state: 'FAILED',
  ...{ attempts: 3, exitCode: 137, stoppedAt: NOW - 5000 },
  ...{ statusReason: 'Essential container in task exited', reason: 'OutOfMemoryError: Container killed' },
}

describe('the alert of a failed run', () => {
  it('says what failed first, why, when, what did not run, and how to go on', () => {
    const { email, subject, sms, attributes } = alertOf(
      {
        clean: OOM,
        shards: { state: 'FAILED', statusReason: 'Dependent Job failed', dependencyFailed: true },
      },
      'in/a.csv',
      ['read 10 lines', 'Killed'],
    )
    expect(email).toBe(`Run ${RUN_ID} of workflow w failed.

Job clean failed: ran out of memory: raise \`memory\`.
It ended at 2026-11-21 01:59:55 UTC, after 3 attempts, exit code 137.
Did not run because of that: shards, join.

Input:   s3://photos/in/a.csv
Started: 2026-11-21 01:59:00 UTC
Ended:   2026-11-21 02:00:00 UTC

The last lines of clean:
| read 10 lines
| Killed

Retry what failed, and all that stands on it:
  batchwise retry ${RUN_ID} --stage dev
See all of it:
  batchwise show ${RUN_ID} --stage dev
  https://eu-west-1.console.aws.amazon.com/batch/home?region=eu-west-1#jobs/detail/clean-1
`)
    expect(subject).toBe('w failed: clean [dev]')
    expect(sms).toBe(`w failed: clean (dev). ran out of memory: raise 'memory'. Run ${RUN_ID}`)
    expect(attributes).toEqual({ workflow: 'w', kind: 'failed', stage: 'dev', sms: 'true' })
  })

  it('names the failed children of an array in one line, with the reason of the first', () => {
    const failedChildren = { count: 7, indexes: '3,9,12-16', exitCode: 3 }
    const statusReason = 'Array Child Job failed'
    const { email } = alertOf({ clean: { state: 'FAILED', size: 100, statusReason, failedChildren } })
    expect(email).toContain('Job clean failed: 7 of 100 failed: 3, 9, 12-16; the first: exit code 3.')
  })

  it.each<[string, RecordInShort & object, string]>([
    [
      'of several children',
      { size: 3, failedChildren: { count: 2, indexes: '0,2', exitCode: 3 } },
      '2 of 100 failed: 9, 40; the first: exit code 3.',
    ],
    ['of one, which is a plain job', { exitCode: 3 }, '3 of 100 failed: 9, 12, 40; the first: exit code 3.'],
  ])('names the items of a retried array as they were at first: %s', (_title, record, words) => {
    const part = { of: 1, since: 1, total: 100, indexes: '9,12,40' }
    const { email } = alertOf({ clean: { state: 'FAILED', submission: 2, part, ...record } })
    expect(email).toContain(`Job clean failed: ${words}`)
  })

  it('takes the first of several failures for the cause, and names the others', () => {
    const records = { other: { ...OOM, stoppedAt: NOW - 9000 }, clean: { ...OOM, stoppedAt: NOW - 5000 } }
    const snapshot = given(GRAPH, records, END)
    expect(rootCause(viewJobs(snapshot).values())?.name).toBe('other')
    expect(alertOf(records).subject).toBe('w failed: other [dev]')
    expect(alertOf(records).email).toContain('Job clean failed too: ran out of memory')
  })

  it('shows no secret that a program printed', () => {
    const log = [
      'DB_PASSWORD=hunter2 ok',
      'Authorization: Bearer abc.def',
      '{"apiKey": "xyzzy"}',
      'token = t',
    ]
    const { email } = alertOf({ clean: OOM }, 'k', log)
    expect(email).not.toMatch(/hunter2|abc\.def|xyzzy|token = t/)
    expect(email).toContain('| DB_PASSWORD=*** ok')
  })

  it('has one full stop after a reason that brings its own, and no secret of it', () => {
    const { email, sms } = alertOf({
      clean: { state: 'FAILED', statusReason: 'stopped: TOKEN=hunter2 is old.' },
    })
    expect(email).toContain('Job clean failed: stopped: TOKEN=*** is old.\n')
    expect(email + sms).not.toContain('hunter2')
  })

  it.each<[string, Parameters<typeof given>[2], string]>([
    [
      'a set',
      { trigger: { type: 'object', values: { bucket: 'b', objects: 's3://out/w/r/objects.jsonl' } } },
      'the set listed in s3://out',
    ],
    ['an event', { trigger: { type: 'event', values: {} } }, 'an event'],
    [
      'a schedule',
      { trigger: { type: 'schedule', values: { scheduledTime: '2026-11-21T02:00:00Z' } } },
      'schedule, 2026',
    ],
  ])('names the input: %s', (_title, run, input) => {
    const snapshot = given(GRAPH, { clean: OOM }, { ...END, ...run })
    const { email } = failedAlert(snapshot.run, viewJobs(snapshot).values(), [], PLACE)
    expect(email.replace(/ +/g, ' ')).toContain(`Input: ${input}`)
  })

  it('never breaks a key, and keeps all its spaces', () => {
    const key = `in/${'long '.repeat(12)} two  spaces.csv`
    expect(alertOf({ clean: OOM }, key).email).toContain(`\nInput:   s3://photos/${key}\n`)
  })

  it.each([
    ['an array', { size: 3, attempts: 0, stoppedAt: NOW - 5000 }, 'It ended at 2026-11-21 01:59:55 UTC.'],
    [
      'one attempt',
      { attempts: 1, stoppedAt: NOW - 5000 },
      'It ended at 2026-11-21 01:59:55 UTC, after 1 attempt.',
    ],
  ])('says how often it was tried: %s', (_title, record, text) => {
    expect(alertOf({ clean: { state: 'FAILED', ...record } }).email).toContain(`\n${text}\n`)
  })

  it('has one full stop between and after two reasons that bring theirs, in the SMS too', () => {
    const { email, sms } = alertOf({
      clean: { state: 'FAILED', exitCode: 3, statusReason: 'It broke.', reason: 'Nobody knows why.' },
    })
    expect(email).toContain('Job clean failed: exit code 3; It broke; Nobody knows why.\n')
    expect(sms).toContain('exit code 3; It broke; Nobody knows why. Run')
  })

  it.each(hostileKeys)('keeps to its form with the key %j', key => expectSound(alertOf({ clean: OOM }, key)))

  it('keeps to its form whatever jobs and logs say', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))
    fc.assert(
      fc.property(text, text, fc.array(text, { maxLength: 20 }), (reason, key, log) => {
        expectSound(alertOf({ clean: { ...OOM, reason } }, key, log))
      }),
    )
  })
})

function expectSound({ email, subject, sms }: ReturnType<typeof alertOf>): void {
  expect(subject).toMatch(/^[\x20-\x7e]{1,99}$/)
  expect(sms).toMatch(/^[A-Za-z0-9 @£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&'()*+,./:;<=>?¡ÄÖÑÜ§¿äöñüà-]{1,140}$/)
  expect(email).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]*$/mu)
  const tooLong = email
    .split('\n')
    .filter(line => Array.from(line).length > 72 && line.trim().includes(' ') && !line.startsWith('Input:'))
  expect(tooLong).toEqual([])
}
