import { expect, it } from 'vitest'
import { readCloudFormationYaml } from '../../../src/local/functions/cloudformation-yaml.ts'

const read = (text: string) => readCloudFormationYaml(text, 'serverless.yml').value

it.each<[string, unknown]>([
  ['!Ref Bucket', { Ref: 'Bucket' }],
  ['!Condition IsProduction', { Condition: 'IsProduction' }],
  ['!GetAtt Queue.Arn', { 'Fn::GetAtt': ['Queue', 'Arn'] }],
  ['!GetAtt Nested.Outputs.Arn', { 'Fn::GetAtt': ['Nested', 'Outputs.Arn'] }],
  ['!GetAtt [Queue, Arn]', { 'Fn::GetAtt': ['Queue', 'Arn'] }],
  ["!Sub '${AWS::StackName}-x'", { 'Fn::Sub': '${AWS::StackName}-x' }],
  ['!Sub ["${a}", { a: !Ref A }]', { 'Fn::Sub': ['${a}', { a: { Ref: 'A' } }] }],
  ["!Select [0, !GetAZs '']", { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }],
  [
    '!If [A, !Ref B, !Join ["-", [c, !Ref D]]]',
    { 'Fn::If': ['A', { Ref: 'B' }, { 'Fn::Join': ['-', ['c', { Ref: 'D' }]] }] },
  ],
  ['!Transform { Name: x }', { 'Fn::Transform': { Name: 'x' } }],
])('turns %s into its long form', (text, value) => expect(read(text)).toEqual(value))

it('follows anchors and merges', () => {
  expect(read('a: &a { x: 1 }\nb: { <<: *a, y: !Ref Z }')).toEqual({
    a: { x: 1 },
    b: { x: 1, y: { Ref: 'Z' } },
  })
})

it.each([
  ['an unknown tag', 'a: 1\nb:\n  - !Rfe X', 'serverless.yml:3:5  Unresolved tag: !Rfe'],
  ['a tab', 'a:\n\tb: 1', 'serverless.yml:2:1  '],
  ['a duplicate key', 'a: 1\na: 2', 'serverless.yml:2:1  Map keys must be unique'],
  ['an unknown alias', 'a: *b', 'the file: Unresolved alias'],
])('points at %s', (_title, text, message) => expect(() => read(text)).toThrow(message))

it('points at a part of the file, or the nearest around what is missing', () => {
  const file = readCloudFormationYaml('a:\n  b: [!Ref C, {d: 1}]', 'f.yml')
  const item = file.get('a').get('b').items()[1]
  expect(item?.get('d').refuse('is bad').message).toBe('f.yml:2:19  a.b.1.d: is bad')
  expect(item?.get('e').refuse('is missing').message).toBe('f.yml:2:15  a.b.1.e: is missing')
  expect(file.get('x').refuse('is missing').message).toBe('f.yml:1:1  x: is missing')
})
