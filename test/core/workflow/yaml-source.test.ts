import { describe, expect, it } from 'vitest'
import { readWorkflow } from '../../../src/core/workflow/read-workflow.ts'
import { diagnose, existing, faults, image, jobs, table, told, top } from './workflow-text.ts'

const levels = (depth: number) => `workflow: ${'['.repeat(depth)}${']'.repeat(depth)}`
const bomb = Array.from({ length: 9 }, (_, n) =>
  n === 0 ? 'a0: &a0 [x, x, x, x, x, x, x, x, x]' : `a${n}: &a${n} [${Array(9).fill(`*a${n - 1}`)}]`,
)

it('proposes a smallest workflow that is faultless', () => {
  const [, proposed = ''] = /`(.*)`/.exec(told('')) ?? []
  expect(faults(proposed)).toEqual([])
})

describe('YAML', () => {
  table([
    [
      'E100 nothing',
      '',
      ['E100 1  «»'],
      'The workflow is empty. The smallest one is `{ workflow: thumbnails, jobs:',
    ],
    ['E100 comments only', '# later\n', ['E100 1  «#»'], 'The workflow is empty'],
    ['E100 an empty mapping', '{}', ['E100 1  «{»'], 'The workflow is empty'],
    ['E101 a tab', 'workflow: w\njobs:\n\ta: 1', ['E101 3  «\t»'], 'Indent with spaces'],
    ['E101 a bad indent', 'workflow: w\njobs: [1\nb: 2', ['E101 3  «b»'], 'indent'],
    ['E101 a bracket too many', 'jobs: {a: 1}}', ['E101 1  «}»'], 'does not belong here'],
    ['E101 a quote that is not closed', 'workflow: "w', ['E101 1  «»'], 'A character is missing'],
    ['E101 two colons', 'workflow: a: b', ['E101 1  «a»'], 'second `key: value`'],
    ['E101 a reserved character', 'workflow: @w', ['E101 1  «@»'], 'Quote the text'],
    ['E101 an escape there is not', 'workflow: "\\q"', ['E101 1  «\\»'], 'single quotes'],
    [
      'E101 look-ups without quotes inside { } and [ ], each of them',
      jobs('a: { image: ${stack.repository}:etl, command: [x, ${trigger.uri}] }'),
      ['E101 3  «${stack.repository}»', 'E101 3  «${trigger.uri}»'],
      'A look-up stands inside `{ }` or `[ ]` without quotes. Quote look-ups inside { }',
    ],
    [
      'E101 a look-up without quotes in a list that stands in no { }',
      jobs('a:', '  command: [echo, ${trigger.uri}]'),
      ['E101 4  «${trigger.uri}»'],
      'Quote look-ups inside { } and [ ]',
    ],
    [
      'E101 a look-up without quotes behind a text in a list',
      jobs('a:', '  command:', '    [', '      in=${trigger.uri},', '      "${run.id}",', '    ]'),
      ['E101 6  «${trigger.uri}»'],
      'Quote look-ups inside { } and [ ]',
    ],
    [
      'E101 two documents',
      `${jobs(`a: { ${existing} }`)}\n---\nworkflow: x`,
      ['E101 4  «---»'],
      'one workflow into each file',
    ],
    [
      'E101 a merge key',
      jobs(`a: &a { ${existing} }`, 'b: { <<: *a, timeout: 60, jobDefinition: x }'),
      ['E101 4  «<<»'],
      'Write the keys out',
    ],
    [
      'E101 an unknown anchor',
      top('description: *x'),
      ['E101 3  «*x»', 'E114 3 description «*x»'],
      'no anchor "&x"',
    ],
    [
      'E101 a tag',
      top('description: !!binary x'),
      ['E101 3  «x»', 'E114 3 description «x»'],
      'The tag "tag:yaml.org,2002:binary"',
    ],
    ['E101 a key that is no text', top('? [a]\n: b'), ['E101 3  «[a]»'], 'A key is no text'],
    ['E101 another version of YAML', `%YAML 1.1\n---\n${top()}`, ['E101 1  «%»'], '%YAML'],
    [
      'E102 a key twice',
      jobs(`a: { ${existing} }`, `a: { ${existing} }`),
      ['E102 4 jobs.a «a»'],
      '`a` stands here again, after line 3.',
    ],
    [
      'E102 and all else',
      jobs(`a: { ${existing}, timeout: 5, when: x }`),
      ['E102 3 jobs.a.timeout «timeout»', 'E114 3 jobs.a.when «x»'],
      'again',
    ],
    ['E103 an alias bomb', `${bomb.join('\n')}\n${top()}`, ['E103 5  «*a3»'], 'more than 10000 values'],
    ['E103 an alias of itself', top('tags: &t { a: *t }'), ['E103 3  «*t»'], 'contains itself'],
    ['E103 too deep', levels(70), [`E103 1  «[[[[[[]]]]]]»`], 'nested more than 64 levels'],
  ])

  it('refuses what is nested deeper than the parser can go', () => {
    expect(diagnose('['.repeat(20_000))).toMatchObject([
      { code: 'E103', message: 'The file is nested too deeply.' },
    ])
  })

  it('refuses what is over 1 MB, without reading it', () => {
    expect(told(`# ${'x'.repeat(1024 * 1024)}`)).toContain('1048578 bytes, over the 1 MB allowed')
    expect(diagnose(`${top()}\n#${'x'.repeat(1024 * 1024 - top().length - 2)}`)).toEqual([])
  })

  it('refuses what is not UTF-8', () => {
    expect(diagnose(Buffer.from('workflow: caf\u00e9', 'latin1'))).toMatchObject([
      { code: 'E103', message: 'The file is not UTF-8.' },
    ])
    expect(diagnose(Buffer.from(`\ufeff${top()}`, 'utf8'))).toEqual([])
    expect(faults(`\ufeff${top('x: 1')}`)).toEqual(['E110 3 x «x»'])
  })

  it('takes aliases in measure', () => {
    expect(
      faults(jobs(`a: { ${image}, environment: &e { LEVEL: info } }`, `b: { ${image}, environment: *e }`)),
    ).toEqual([])
  })

  it('takes Windows line ends', () => {
    expect(diagnose(top('x: 1').replaceAll('\n', '\r\n'))).toMatchObject([
      { line: 3, column: 1, endColumn: 2 },
    ])
  })

  it('keeps texts as they stand in the file', () => {
    const text = jobs(
      `a: { ${existing}, command: [run, 1.10, 0x10, true, "1"], environment: { V: 1.10, B: no, E: "" } }`,
    )
    const { workflow } = readWorkflow(text, 'w.yaml', { stackNames: [] })
    expect(workflow?.jobs['a']).toMatchObject({
      command: ['run', '1.10', '0x10', 'true', '1'],
      environment: { V: '1.10', B: 'no', E: '' },
    })
  })
})
