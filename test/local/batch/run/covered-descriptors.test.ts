import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { coveredDescriptors } from '../../../../src/local/batch/run/covered-descriptors.ts'
import { createDynamo } from '../../../../src/local/dynamodb/dynamodb.ts'

it.runIf(existsSync('/proc/self/fd'))('keeps the files of the embedded database from a child', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'batchwise-descriptors-'))
  const dynamo = createDynamo(join(folder, 'dynamodb'))
  const list = (covered: readonly number[]) => {
    const stdio = ['ignore' as const, 'pipe' as const, 'ignore' as const, ...covered]
    return spawnSync('ls', ['-l', '/proc/self/fd'], { stdio, encoding: 'utf8' }).stdout
  }
  try {
    await expect.poll(() => list([])).toContain(folder)
    expect(list(coveredDescriptors())).not.toContain(folder)
    expect(list(coveredDescriptors())).toContain('/dev/null')
  } finally {
    await dynamo.close()
    rmSync(folder, { recursive: true })
  }
})
