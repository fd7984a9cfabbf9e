import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { capacityOf } from '../../bench/cost/capacity.ts'
import { countRuns } from '../../bench/cost/count-runs.ts'
import { idleCost } from '../../bench/cost/idle-cost.ts'
import { costOfRuns, totalOf } from '../../bench/cost/run-cost.ts'
import { readWorkflowFiles } from '../../src/deploy/workflow-files.ts'
import { readServerlessFile } from '../../src/local/functions/serverless-file.ts'
import { localStack } from '../../src/local/stack/local-names.ts'

const seen = (operation: string, body: object, answerBytes = 0) => ({
  service: 'dynamodb',
  operation,
  body: JSON.stringify(body),
  answerBytes,
})
const NAMES = { '#0': 'dueAt', '#1': 'status' }

describe('the cost of runs', () => {
  it.each([
    ['a small item', seen('PutItem', { Item: { pk: { S: 'x' } } }), 1, 0],
    ['an item of 2.5 KB', seen('PutItem', { Item: { pk: { S: 'x'.repeat(2500) } } }), 3, 0],
    ['a new run, with its two index entries', seen('PutItem', { Item: { dueAt: { N: '1' } } }), 3, 0],
    [
      'an update',
      seen('UpdateItem', { UpdateExpression: 'SET #1 = :1', ExpressionAttributeNames: NAMES }),
      1,
      0,
    ],
    [
      'an update of the due time',
      seen('UpdateItem', { UpdateExpression: 'SET #0 = :0', ExpressionAttributeNames: NAMES }),
      3,
      0,
    ],
    ['a consistent read of 5 KB', seen('Query', { ConsistentRead: true }, 5000), 0, 2],
    ['a read of an index', seen('Query', {}, 100), 0, 0.5],
  ])('counts the capacity of %s', (_title, request, writeUnits, readUnits) => {
    expect(capacityOf(request)).toEqual({ writeUnits, readUnits })
  })

  it('is at most 0.05 USD for 1,000 runs of six jobs', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'batchwise-cost-'))
    const items = costOfRuns(await countRuns(process.cwd(), folder, 8))
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    expect(items.map(({ what }) => what)).toContain('DynamoDB write units')
    expect(totalOf(items)).toBeGreaterThan(0.02)
    expect(totalOf(items)).toBeLessThanOrEqual(0.05)
  })
})

describe('the cost of an idle month', () => {
  const stack = readServerlessFile(readFileSync('serverless.yml', 'utf8'), 'serverless.yml')
  const { workflows } = readWorkflowFiles(['workflows'], Object.keys(localStack({})), false)
  const beyondFree = (alarms: 'all' | 'few', files = workflows) =>
    idleCost(stack, files, alarms).reduce((sum, item) => sum + item.beyondFree, 0)

  it('is what docs/cost.md says, with the example deployed', () => {
    const text = readFileSync('docs/cost.md', 'utf8')
    expect(text).toContain(`| **beyond what is free** | | | **${beyondFree('all').toFixed(2)}** |`)
    expect(text).toContain(`with \`alarms=few\` ${beyondFree('few').toFixed(2)}`)
  })

  it('is less where fewer triggers are used', () => {
    expect(beyondFree('all', [])).toBeLessThan(beyondFree('all'))
    expect(beyondFree('few')).toBeLessThan(beyondFree('all'))
  })
})
