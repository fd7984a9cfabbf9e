import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  attemptFolder,
  makeAttemptFolder,
  removeAttemptFolder,
} from '../../../../src/local/batch/run/attempt-folder.ts'
import { Lab } from '../engine/lab.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'attempts-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

it('has a place for each attempt of a job and of each child', () => {
  const lab = new Lab()
  lab.submit('a')
  lab.submit('b', { arraySize: 2 })
  const places = ['a', 'b:1'].map(jobId => attemptFolder('/x', lab.job(jobId), 2))
  expect(places).toEqual(['/x/a/attempt-2', '/x/b/1-attempt-2'])
})

it('is made whether its job has a folder already or not, and again', () => {
  for (const name of ['attempt-1', 'attempt-2', 'attempt-2']) {
    makeAttemptFolder(join(root, 'job', name))
    expect(existsSync(join(root, 'job', name, 'tmp'))).toBe(true)
  }
})

it('is removed, be it empty or not', async () => {
  const [empty, full] = [join(root, 'empty'), join(root, 'full')]
  for (const folder of [empty, full]) makeAttemptFolder(folder)
  writeFileSync(join(full, 'tmp', 'left'), '')
  for (const folder of [empty, full]) removeAttemptFolder(folder)
  await expect.poll(() => [empty, full].filter(folder => existsSync(folder)), { interval: 5 }).toEqual([])
})
