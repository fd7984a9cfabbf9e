import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readWorkflowFiles } from '../../src/deploy/workflow-files.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'workflow-files-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const at = (name: string) => join(folder, name)
const write = (name: string) =>
  writeFileSync(at(name), `{ workflow: ${name[0]}, jobs: { a: { jobDefinition: x, timeout: 1h } } }`)
const names = (...paths: readonly string[]) =>
  readWorkflowFiles(paths, [], false).workflows.map(({ name }) => name)

it.each([
  ['other files', () => writeFileSync(at('notes.txt'), '')],
  ['dot files', () => writeFileSync(at('.c.yaml'), 'x')],
  ['the lock that Emacs keeps for an open file', () => symlinkSync('me@here.1:2', at('.#a.yaml'))],
  ['folders', () => mkdirSync(at('c.yaml'))],
  ['links to folders', () => symlinkSync(tmpdir(), at('c.yml'))],
])('reads the workflow files of a folder and leaves out %s', (_title, add) => {
  write('b.yml')
  write('a.yaml')
  add()
  expect(names(folder)).toEqual(['a', 'b'])
})

it('follows links to files', () => {
  write('a.yaml')
  mkdirSync(at('links'))
  symlinkSync(at('a.yaml'), at('links/x.yaml'))
  expect(names(at('links'))).toEqual(['a'])
})

it('reads a file that is named, whatever its name', () => {
  write('a')
  expect(names(at('a'))).toEqual(['a'])
})

it.each([
  ['a link to nothing', 'x.yaml cannot be read: ENOENT', () => symlinkSync('nowhere', at('x.yaml'))],
  ['a link to itself', 'x.yaml cannot be read: ELOOP', () => symlinkSync('x.yaml', at('x.yaml'))],
  ['a folder without workflow files', 'no workflow file (*.yaml)', () => mkdirSync(at('c.yaml'))],
])('names %s', (_title, message, add) => {
  add()
  expect(() => names(folder)).toThrow(
    expect.objectContaining({ code: 'E_WORKFLOW_FILES', message: expect.stringContaining(message) }),
  )
})

it('refuses a device in a folder instead of waiting for its end', () => {
  symlinkSync('/dev/zero', at('x.yaml'))
  expect(() => names(folder)).toThrow('x.yaml is no plain file')
})

it('names a path that is not there', () => {
  expect(() => names(at('gone'))).toThrow(/gone cannot be read: ENOENT.*--workflows/)
})
