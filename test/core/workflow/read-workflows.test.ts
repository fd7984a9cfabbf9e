import { expect, it } from 'vitest'
import { readWorkflows } from '../../../src/core/workflow/read-workflows.ts'
import { stackNames, top } from './workflow-text.ts'

const read = (files: Readonly<Record<string, string>>) =>
  readWorkflows(
    Object.entries(files).map(([file, text]) => ({ file, text })),
    { stackNames },
  )

it('reads all files', () => {
  const { workflows, diagnostics } = read({ 'a.yaml': top(), 'b.yaml': top().replace(': w', ': v') })
  expect(workflows.map(({ name }) => name)).toEqual(['w', 'v'])
  expect(diagnostics).toEqual([])
})

it('E113 names both files that define one workflow, even where one has other faults', () => {
  const { workflows, diagnostics } = read({ 'a.yaml': top('x: 1'), 'b.yaml': top() })
  expect(workflows).toEqual([])
  expect(diagnostics).toMatchObject([
    { code: 'E110', file: 'a.yaml' },
    {
      code: 'E113',
      file: 'b.yaml',
      line: 1,
      column: 11,
      endColumn: 12,
      message: 'The workflow `w` is defined in `a.yaml` already.',
    },
  ])
})

it('says nothing twice of files without a name', () => {
  const { diagnostics } = read({ 'a.yaml': '', 'b.yaml': '[' })
  expect(diagnostics.map(({ file, code }) => [file, code])).toEqual([
    ['a.yaml', 'E100'],
    ['b.yaml', 'E101'],
  ])
})
