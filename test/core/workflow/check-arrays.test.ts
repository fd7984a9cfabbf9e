import { describe, expect, it } from 'vitest'
import { existing, faults, jobs, table } from './workflow-text.ts'

describe('arrays', () => {
  const array = (value: string) => jobs(`a: { array: ${value}, ${existing} }`)
  const pair = (one: string, other: string) =>
    jobs(`a: { ${existing}${one} }`, `b: { dependsOn: [{ type: N_TO_N, job: a }], ${existing}${other} }`)
  table([
    [
      'E130 one child',
      array('1'),
      ['E130 3 jobs.a.array «1»'],
      '1 does not fit here. Write a number of children from 2 to 10000, or one of { items: [...] }',
    ],
    ['E130 too many', array('10001'), ['E130 3 jobs.a.array «10001»'], '2 to 10000'],
    ['E130 a half', array('2.5'), ['E130 3 jobs.a.array «2.5»'], '2 to 10000'],
    ['E130 a text', array('"10"'), ['E130 3 jobs.a.array «"10"»'], '2 to 10000'],
    [
      'E130 too many items',
      array(`{ items: [${Array.from({ length: 10_001 }, () => 'x')}] }`),
      ['E130 3 jobs.a.array.items «[x,x,x,x,x,x,x,x,x,x,x,x,x,x,x…»'],
      'put several on a line',
    ],
    [
      'E131 sizes that differ',
      pair(', array: 12', ', array: 10'),
      ['E131 4 jobs.b.dependsOn[0].type «N_TO_N»'],
      '`b` has 10 children, `a` has 12',
    ],
    [
      'E131 items against a size',
      pair(', array: 3', ', array: { items: [x, y] }'),
      ['E131 4 jobs.b.dependsOn[0].type «N_TO_N»'],
      '`b` has 2 children, `a` has 3',
    ],
    [
      'E132 from no array',
      pair('', ', array: 10'),
      ['E132 4 jobs.b.dependsOn[0].type «N_TO_N»'],
      '`a` is no array',
    ],
    [
      'E132 to no array',
      pair(', array: 10', ''),
      ['E132 4 jobs.b.dependsOn[0].type «N_TO_N»'],
      '`b` is no array',
    ],
    [
      'E132 to one item, which is no array',
      pair(', array: 10', ', array: { items: [x] }'),
      ['E132 4 jobs.b.dependsOn[0].type «N_TO_N»'],
      '`b` is no array',
    ],
    [
      'E132 sequential without array',
      jobs(`a: { ${existing}, sequential: true }`),
      ['E132 3 jobs.a.sequential «true»'],
      'no children',
    ],
    [
      'E130 items of no kind, and of two',
      jobs(`a: { array: {}, ${existing} }`, `b: { array: { items: [x], lines: "s3://b/k" }, ${existing} }`),
      ['E130 3 jobs.a.array «{}»', 'E130 4 jobs.b.array «{ items: [x], lines: "s3://b/k…»'],
      'Write one of items, lines and objects.',
    ],
    [
      'E132 with items that are read later',
      pair(', array: { lines: "s3://b/k" }', ', array: 10'),
      ['E132 4 jobs.b.dependsOn[0].type «N_TO_N»'],
      '`a` has its items read when its dependencies have ended',
    ],
    [
      'E138 a folder of lines',
      array('{ lines: "s3://b/k/" }'),
      ['E138 3 jobs.a.array.lines «"s3://b/k/"»'],
      'write `objects`',
    ],
    [
      'says nothing of sizes that are at fault themselves',
      pair(', array: 1', ', array: 10'),
      ['E130 3 jobs.a.array «1»'],
      '',
    ],
  ])

  it.each([
    'lines: "s3://bucket/list.txt"',
    'lines: "s3://${stack.inputBucket}/${parameters.x}.txt"',
    'lines: "${run.output}/list.txt"',
    'lines: "${trigger.uri}"',
    'objects: "s3://bucket/"',
    'objects: "s3://${trigger.bucket}/${trigger.key}/"',
    'objects: "${run.output}/parts/"',
  ])('takes items from a place that is known: %s', source => {
    const text = jobs(
      `a: { array: { ${source} }, ${existing} }`,
      `b: { array: 2, sequential: true, ${existing} }`,
    )
    expect(faults(`parameters: { x: { type: string } }\n${text}`)).toEqual([])
  })

  it.each([
    'list.txt',
    '${parameters.x}',
    's3://${parameters.x}/list',
    's3:///key',
    's3://bucket',
    'https://b/k',
  ])('E138 takes none from %s', source => {
    const text = jobs(`a: { array: { lines: "${source}" }, ${existing} }`)
    expect(faults(`parameters: { x: { type: string } }\n${text}`).join()).toMatch(
      /^E138 4 jobs.a.array.lines /,
    )
  })
})
