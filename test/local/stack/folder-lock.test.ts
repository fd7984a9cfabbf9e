import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { lockFolder } from '../../../src/local/stack/folder-lock.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'batchwise-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('is refused while its owner lives, and free when given back', () => {
  const unlock = lockFolder(folder)
  expect(() => lockFolder(folder)).toThrow(`is in use by process ${process.pid}`)
  unlock()
  expect(readdirSync(folder)).toEqual([])
  lockFolder(folder)()
})

it.each([
  ['of a process that is gone', '999999999 123'],
  ['of an earlier process of the same number', `${process.pid} 1`],
  ['of a living process that was started at another time', '1 1'],
  ['that says nothing', ''],
])('takes over a lock %s', (_what, content) => {
  writeFileSync(join(folder, 'lock'), content)
  const unlock = lockFolder(folder)
  expect(readFileSync(join(folder, 'lock'), 'utf8')).toMatch(new RegExp(`^${process.pid} `))
  expect(readdirSync(folder)).toEqual(['lock'])
  unlock()
})

it('names a folder that cannot be written', () => {
  expect(() => lockFolder(join(folder, 'file\0'))).toThrow('cannot be used')
})
