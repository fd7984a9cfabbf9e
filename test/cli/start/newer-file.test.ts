import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { notYetRead } from '../../../src/cli/start/newer-file.ts'

it.each([
  ['a whole file', 'added.yaml', 'workflow: added\njobs: { a: { jobDefinition: d, timeout: 1m } }', true],
  ['one with errors', 'added.yml', 'workflow: added\njobs: 1', true],
  ['one of another workflow', 'added.yaml', 'workflow: other', false],
  ["an editor's copy", '.#added.yaml', 'workflow: added', false],
  ['what is no YAML', 'added.txt', 'workflow: added', false],
])('finds a workflow that local mode has not read: %s', (_title, name, text, found) => {
  const folder = mkdtempSync(join(tmpdir(), 'newer-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'folder.yaml'))
  writeFileSync(join(folder, name), text)
  const message = notYetRead('added', folder)?.message ?? ''
  expect(message.includes(`it is in ${join(folder, name)}, but local mode read its files`)).toBe(found)
})

it('finds nothing where there is no folder', () => {
  expect(notYetRead('added', join(tmpdir(), 'no-such-folder'))).toBeUndefined()
})
