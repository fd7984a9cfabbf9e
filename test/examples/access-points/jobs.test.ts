import { afterAll, beforeAll, describe, it } from 'vitest'
import { generate } from '../../../examples/access-points/generate.mjs'
import { HOSTILE_KEYS } from './hostile-keys.ts'
import { expectedReport } from './independent.ts'
import { type ObjectServer, startObjectServer } from './object-server.ts'
import { parseCsv } from './parse-csv.ts'
import { type RunOptions, runAll, runJob } from './run-jobs.ts'

let server: ObjectServer
beforeAll(async () => {
  server = await startObjectServer()
})
afterAll(() => server.close())

const linesOf = (records: number, seed: number, brokenEvery = 50) => [
  ...generate({ seed, records, brokenEvery }),
]
const record = (observations: readonly object[], floors: readonly string[] = ['F']) =>
  JSON.stringify({ apMac: '02:00:00:00:00:01', apTags: [], apFloors: floors, observations })
const seen = (client: number, seenEpoch: number) => ({ clientMac: `06:00:00:00:00:0${client}`, seenEpoch })
const result = (run: string, name: string) => server.objects.get(`output/${run}/${name}`)?.toString() ?? ''
const NOON = 1_772_452_800
const AT_THE_GAP = [seen(1, NOON), seen(1, NOON + 1_799), seen(2, NOON), seen(2, NOON + 1_800)]

describe.concurrent('the jobs of the example', () => {
  it.for<[string, string, RunOptions?]>([
    ['the 2,000 records of the demo', `${linesOf(2_000, 1, 250).join('\n')}\n`, { shards: 4 }],
    ['another seed and gap', `${linesOf(400, 2).join('\n')}\n`, { gapMinutes: 90 }],
    ['a third seed, in two shards', `${linesOf(300, 3).join('\n')}\n`, { shards: 2 }],
    ['an empty file', ''],
    ['a file of broken lines only', `${linesOf(8, 1, 1).join('\n')}\n`],
    ['CR LF, blank lines and a byte order mark', `\uFEFF${linesOf(60, 4, 7).join('\r\n\r\n')}\r\n`],
    ['no line end after the last line', linesOf(50, 5, 9).join('\n')],
    ['a line of 900 KB', record(Array.from({ length: 18_000 }, (_, i) => seen(i % 9, NOON + i * 5)))],
    [
      'a line over 1 MiB between others',
      ['a', record([]), `"${'x'.repeat(2 ** 21)}"`, record([])].join('\n'),
    ],
    ['visits around the gap, delivered twice', [record(AT_THE_GAP), record(AT_THE_GAP)].join('\n')],
    ['access points on two floors, and on none', [record(AT_THE_GAP, ['G', 'F']), record([], [])].join('\n')],
    [
      'floors with hostile names',
      record(AT_THE_GAP, ['=1+1', '<script>"a",b\n', '__proto__', '\u202E\u0000']),
    ],
  ])('report what an independent computation finds: %s', async ([run, file, options], { expect }) => {
    server.objects.set(`input/${run}`, Buffer.from(file))
    await runAll(server, `s3://input/${run}`, `s3://output/${run}`, options)
    const { input, visitors, dwell } = JSON.parse(result(run, 'report.json'))
    const expected = expectedReport(file, options?.gapMinutes ?? 30)
    const { definition, ...numbers } = dwell
    expect({
      lines: input.lines,
      blank: input.blank,
      brokenLines: input.brokenLines.map(({ line }: { line: number }) => line),
      records: input.records,
      observations: input.observations,
      visitors,
      dwell: numbers,
    }).toEqual(expected)
    expect(definition).toContain('nearest rank')
    expect(parseCsv(result(run, 'report.csv'))).toEqual(expectedCsv(expected))
    expect(result(run, 'report.svg')).not.toContain('<script')
  })

  it('overwrite their results with the same bytes when they run again', async ({ expect }) => {
    server.objects.set('input/twice', Buffer.from(linesOf(80, 6).join('\n')))
    const results = () =>
      new Map([...server.objects].filter(([name]) => name.startsWith('output/twice/')).sort())
    await runAll(server, 's3://input/twice', 's3://output/twice')
    const first = results()
    await runAll(server, 's3://input/twice', 's3://output/twice')
    expect(first.size).toBe(11)
    expect(results()).toEqual(first)
  })

  it.for(HOSTILE_KEYS)('read a file under a key with %s', async ([_title, key], { expect }) => {
    const env = { ...server.env, BATCHWISE_OUTPUT: 's3://output/keys' }
    server.objects.set(`hostile/${key}`, Buffer.from(record([])))
    const ended = await runJob(['jobs/clean.mjs', `s3://hostile/${key}`], env)
    const stdout = 'clean: 1 records of 1 lines kept, 0 broken ones skipped\n'
    expect(ended).toEqual({ code: 0, stdout, stderr: '' })
  })

  it('report a file under a hostile key', async ({ expect }) => {
    const uri = 's3://hostile/raw/2026/03/02/20/<b>&"\'\u202E $(touch pwned)\n?#%41+ü.json'
    server.objects.set(uri.slice(5), Buffer.from(linesOf(40, 7).join('\n')))
    await runAll(server, uri, 's3://output/hostile')
    expect(JSON.parse(result('hostile', 'report.json')).input.uri).toBe(uri)
    expect(result('hostile', 'report.svg')).toContain('&lt;b&gt;&amp;&quot;&#39;\uFFFD $(touch pwned)')
  })
})

function expectedCsv({ visitors, dwell }: ReturnType<typeof expectedReport>) {
  const name = (floor: string) => (/^[=+\-@\t\r]/.test(floor) ? `'${floor}` : floor)
  const hourly = visitors.flatMap(row => [
    ['visitors', name(row.floor), row.hour, String(row.visitors), 'clients'],
    ['observations', name(row.floor), row.hour, String(row.observations), 'observations'],
    ['accessPoints', name(row.floor), row.hour, String(row.accessPoints), 'access points'],
  ])
  const lengths = [{ floor: '', ...dwell.overall }, ...dwell.byFloor].flatMap(({ floor, ...row }) =>
    Object.entries(row).map(([measure, value]) => {
      const unit = measure === 'visits' ? 'visits' : 'seconds'
      return [measure, name(floor), '', String(value ?? ''), unit]
    }),
  )
  return [['measure', 'floor', 'hour', 'value', 'unit'], ...hourly, ...lengths]
}
