import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readMetadata, removeMetadata, writeMetadata } from '../../../../src/local/s3/store/metadata-file.ts'
import { temporaryFolder } from '../local-s3.ts'

let folder: string
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => rmSync(folder, { recursive: true }))

it('reads back what was written, last write first in line', () => {
  writeMetadata(folder, 'a', { n: 1 })
  writeMetadata(folder, 'a', { n: 2 })
  writeMetadata(folder, 'b', 'text')
  removeMetadata(folder, 'b')
  removeMetadata(folder, 'never-there')
  expect([...readMetadata(folder)]).toEqual([['a', { n: 2 }]])
})

it('removes a file that a kill kept from being put in place', () => {
  writeMetadata(folder, 'a', { n: 1 })
  writeFileSync(join(folder, 'a.json.next'), '{"n":')
  expect(readMetadata(folder).get('a')).toEqual({ n: 1 })
  expect(readdirSync(folder)).toEqual(['a.json'])
})

it('makes the folder if it is not there', () => {
  expect(readMetadata(join(folder, 'new')).size).toBe(0)
  expect(existsSync(join(folder, 'new'))).toBe(true)
})

it('names a damaged file and the mend', () => {
  writeFileSync(join(folder, 'a.json'), '{"n":')
  expect(() => readMetadata(folder)).toThrow(expect.objectContaining({ code: 'E_S3_DAMAGED' }))
  expect(() => readMetadata(folder)).toThrow(/a\.json is damaged.*Remove the file/)
})
