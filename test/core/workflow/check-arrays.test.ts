import { describe } from 'vitest'
import { existing, jobs, table } from './workflow-text.ts'

describe('arrays', () => {
  const array = (value: string) => jobs(`a: { array: ${value}, ${existing} }`)
  const pair = (one: string, other: string) =>
    jobs(`a: { ${existing}${one} }`, `b: { dependsOn: [{ type: N_TO_N, job: a }], ${existing}${other} }`)
  table([
    [
      'E130 one child',
      array('1'),
      ['E130 3 jobs.a.array «1»'],
      '1 does not fit here. Write a number of children from 2 to 10000, or { items: [...] }',
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
      'says nothing of sizes that are at fault themselves',
      pair(', array: 1', ', array: 10'),
      ['E130 3 jobs.a.array «1»'],
      '',
    ],
  ])
})
