import { describe, expect, it } from 'vitest'
import type { RetryWish } from '../../src/core/run/retry.ts'
import { startWrite } from '../../src/core/run/run-writes.ts'
import type { SubmitRequest } from '../../src/core/run/submission-request.ts'
import type { Chaining, Job } from '../../src/core/workflow/workflow.ts'
import { advance } from '../../src/service/advance.ts'
import { retryRun } from '../../src/service/change-run.ts'
import { recordChange } from '../../src/service/record-change.ts'
import { definitionOf, RUN_ID, runOf } from '../core/run/given.ts'
import { memoryService } from './memory-service.ts'

const OUTPUT = `s3://out/w/${RUN_ID}`
const LIST = `${OUTPUT}/list`
const LINES: Partial<Job> = { array: { type: 'lines', uri: LIST } }

/** A run of one job `a` that has just begun, and what it submits. */
async function given(job: Partial<Job>, chaining: Chaining = 'auto', next: Partial<Job> = {}) {
  const definition = definitionOf({ a: job, b: { dependsOn: [{ job: 'a' }], ...next } }, { chaining })
  const memory = memoryService([definition])
  const requests: SubmitRequest[] = []
  const service = {
    ...memory.service,
    batch: {
      ...memory.service.batch,
      submit: async (request: SubmitRequest) => {
        requests.push(request)
        return { type: 'accepted' as const, jobId: `id-of-${request.jobName}` }
      },
    },
  }
  await service.store.write(startWrite(runOf({ definition: definition.hash })))
  return {
    ...memory,
    service,
    requests,
    advance: () => advance(service, RUN_ID, () => 30_000),
    job: () => service.store.readJob(RUN_ID, 'a'),
    manifest: () => memory.stored.get(`${OUTPUT}/_batchwise/a.1.jsonl`),
  }
}

const sizes = (requests: readonly SubmitRequest[]) =>
  requests.map(({ jobName, arrayProperties }) => [jobName.split('_')[2], arrayProperties?.size])

describe('an array whose items are read', () => {
  it('has a child for each line, and a manifest of them', async () => {
    const it = await given(LINES)
    it.stored.set(LIST, 'x\r\n\n$(touch pwned)\nz\n')
    await it.advance()
    expect(sizes(it.requests)).toEqual([
      ['a', 3],
      ['b', undefined],
    ])
    expect(it.manifest()).toBe('"x"\n"$(touch pwned)"\n"z"\n')
    expect(await it.job()).toMatchObject({ state: 'SUBMITTED', size: 3 })
  })

  it('has a child for each object', async () => {
    const it = await given({ array: { type: 'objects', uri: 's3://in/parts/' } })
    for (const key of ['parts/', 'parts/a', 'parts/b\n', 'other'])
      it.stored.set(`s3://in/${key}`, key === 'parts/' ? '' : 'x')
    await it.advance()
    expect(sizes(it.requests)[0]).toEqual(['a', 2])
    const keys = it
      .manifest()
      ?.trimEnd()
      .split('\n')
      .map(line => JSON.parse(line).key)
    expect(keys).toEqual(['parts/a', 'parts/b\n'])
  })

  it('is a plain job for one, and succeeds without children for none', async () => {
    const one = await given(LINES)
    one.stored.set(LIST, 'only\n')
    await one.advance()
    expect(sizes(one.requests)[0]).toEqual(['a', undefined])
    const none = await given(LINES)
    none.stored.set(LIST, '\n')
    await none.advance()
    expect(await none.job()).toMatchObject({ state: 'SUCCEEDED', size: 0 })
    expect(sizes(none.requests)).toEqual([['b', undefined]])
  })

  it('has an id that what stands on it looks up: the empty text where it has no items', async () => {
    const environment = { AFTER: '${jobs.a.jobId}' }
    const none = await given(LINES, 'auto', { environment })
    none.stored.set(LIST, '\n')
    await none.advance()
    expect(none.requests.at(-1)?.containerOverrides.environment).toContainEqual({ name: 'AFTER', value: '' })
    const some = await given(LINES, 'auto', { environment })
    some.stored.set(LIST, 'x\n')
    await some.advance()
    const { environment: values } = some.requests.at(-1)?.containerOverrides ?? {}
    expect(values?.find(({ name }) => name === 'AFTER')?.value).toMatch(/^id-of-/)
  })

  it('is read in the version that started the run', async () => {
    const it = await given({ array: { type: 'lines', uri: '${trigger.uri}' } })
    const trigger = { type: 'object', values: { uri: 's3://in/list', versionId: 'v1' } } as const
    const [run] = it.runs()
    await it.service.store.write(startWrite(runOf({ ...run, runId: 'uploaded', trigger })))
    it.stored.set('s3://in/list', 'newer\n')
    it.stored.set('s3://in/list?versionId=v1', 'x\ny\n')
    await advance(it.service, 'uploaded', () => 30_000)
    expect(sizes(it.requests)[0]).toEqual(['a', 2])
  })

  it('is read after what it depends on has ended, and no sooner', async () => {
    const it = await given({})
    const definition = definitionOf({ a: {}, b: { ...LINES, dependsOn: [{ job: 'a' }] } })
    await it.service.store.putDefinition(definition)
    await it.service.store.write(startWrite(runOf({ runId: 'later', definition: definition.hash })))
    await advance(it.service, 'later', () => 30_000)
    expect(sizes(it.requests)).toEqual([['a', undefined]])
  })

  it.each<[string, (stored: Map<string, string>) => void, string]>([
    ['is not there', () => {}, 'there is no such object'],
    ['is too large', stored => stored.set(LIST, 'x'.repeat(17 * 1024 * 1024)), 'it is larger than'],
    ['has too many', stored => stored.set(LIST, 'x\n'.repeat(10_001)), 'Put several items on a line'],
  ])('fails, naming it, when its source %s', async (_title, prepare, words) => {
    const it = await given(LINES)
    prepare(it.stored)
    await it.advance()
    const record = await it.job()
    expect(record).toMatchObject({ state: 'FAILED', statusReason: expect.stringContaining(LIST) })
    expect(record?.statusReason).toContain(words)
    expect(it.requests).toEqual([])
    expect(it.runs()[0]?.status).toBe('FAILED')
  })

  it('waits and tries again when S3 does not answer', async () => {
    const it = await given(LINES)
    it.stored.set(LIST, 'x\ny\n')
    const { read } = it.service.objects
    it.service.objects.read = () => Promise.reject(new Error('SlowDown'))
    await it.advance()
    expect(await it.job()).toMatchObject({ state: 'WAITING', retryAt: expect.any(Number) })
    it.service.objects.read = read
    it.clock.time += 10_000
    await it.advance()
    expect(await it.job()).toMatchObject({ state: 'SUBMITTED', size: 2 })
  })

  it('has as many children as the manifest that stands, not as what the source has become', async () => {
    const it = await given(LINES)
    it.stored.set(LIST, 'x\ny\n')
    it.stored.set(`${OUTPUT}/_batchwise/a.1.jsonl`, '"earlier 1"\n"earlier 2"\n"earlier 3"\n')
    await it.advance()
    expect(sizes(it.requests)[0]).toEqual(['a', 3])
    expect(it.manifest()).toContain('earlier 3')
  })
})

describe('a retry of an array of items', () => {
  /** Ends the submission: these children failed, or all succeeded. */
  async function ends(it: Awaited<ReturnType<typeof given>>, job: string, ...failed: readonly number[]) {
    const record = await it.service.store.readJob(RUN_ID, job)
    const status = failed.length > 0 ? 'FAILED' : 'SUCCEEDED'
    it.service.batch.failedChildren = async () => ({ count: failed.length, indexes: failed.join() })
    await recordChange(it.service, {
      ...{
        jobName: `test_w_${job}_${RUN_ID}_${record?.submission}`,
        jobId: record?.jobId ?? '',
        attempts: 1,
      },
      ...{
        status,
        ...(record?.size !== undefined && failed.length > 0 && { statusReason: 'Array Child Job failed' }),
      },
    })
    await it.advance()
  }
  const retry = async (it: Awaited<ReturnType<typeof given>>, wish: RetryWish = {}) => {
    it.requests.length = 0
    await retryRun(it.service, RUN_ID, undefined, wish)
    await it.advance()
  }
  const manifestOf = (it: Awaited<ReturnType<typeof given>>, submission: number) =>
    it.stored.get(`${OUTPUT}/_batchwise/a.${submission}.jsonl`)

  it('submits what failed, until all has succeeded, whatever the file has become', async () => {
    const it = await given(LINES, 'event')
    it.stored.set(LIST, 'v\nw\nx\ny\nz\n')
    await it.advance()
    await ends(it, 'a', 1, 3, 4)
    expect(it.runs()[0]?.status).toBe('FAILED')
    it.stored.set(LIST, 'something else\n')
    await retry(it)
    expect(sizes(it.requests)).toEqual([['a', 3]])
    expect(manifestOf(it, 2)).toBe('"w"\n"y"\n"z"\n')
    await ends(it, 'a', 1)
    await retry(it)
    expect(sizes(it.requests)).toEqual([['a', undefined]])
    expect(manifestOf(it, 3)).toBe('"y"\n')
    await ends(it, 'a', 0)
    await retry(it)
    expect(manifestOf(it, 4)).toBe('"y"\n')
    await ends(it, 'a')
    expect(sizes(it.requests)).toEqual([
      ['a', undefined],
      ['b', undefined],
    ])
  })

  it('reads the file anew when the job is named', async () => {
    const it = await given(LINES, 'event')
    it.stored.set(LIST, 'x\ny\n')
    await it.advance()
    await ends(it, 'a', 1)
    it.stored.set(LIST, 'x\ny\nz\n')
    await retry(it, { from: ['a'] })
    expect(sizes(it.requests)).toEqual([['a', 3]])
  })

  it('says how to go on when the manifest is gone', async () => {
    const it = await given(LINES, 'event')
    it.stored.set(LIST, 'x\ny\n')
    await it.advance()
    await ends(it, 'a', 1)
    it.stored.delete(`${OUTPUT}/_batchwise/a.1.jsonl`)
    await retry(it)
    expect(await it.job()).toMatchObject({
      state: 'FAILED',
      statusReason: expect.stringMatching(/a\.1\.jsonl: there is no such object\. .* `--from a`/),
    })
    await retry(it, { from: ['a'] })
    expect(sizes(it.requests)).toEqual([['a', 2]])
  })

  it('submits what was tolerated if it is asked to', async () => {
    const it = await given({ ...LINES, tolerate: { type: 'count', count: 1 } })
    it.stored.set(LIST, 'x\ny\nz\n')
    await it.advance()
    await ends(it, 'a', 2)
    await ends(it, 'b')
    expect(it.runs()[0]?.status).toBe('SUCCEEDED')
    await retry(it, { failedItems: true })
    expect(manifestOf(it, 2)).toBe('"z"\n')
    await ends(it, 'a')
    expect(sizes(it.requests)).toEqual([
      ['a', undefined],
      ['b', undefined],
    ])
  })
})
