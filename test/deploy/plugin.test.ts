import { expect, it, vi } from 'vitest'
import BatchwisePlugin from '../../src/deploy/plugin.ts'
import type { Serverless } from '../../src/deploy/serverless.ts'
import { readDeploySettings } from '../../src/deploy/settings.ts'
import { stackOf } from '../../src/deploy/stack.ts'
import { readWorkflowFiles } from '../../src/deploy/workflow-files.ts'
import { localStack } from '../../src/local/stack/local-names.ts'

/** What `serverless remove` says of the resources that outlive it. */
const SAID: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'the table of runs',
  'AWS::S3::Bucket': 'the buckets',
  'AWS::ECR::Repository': 'the image repository',
  'AWS::Batch::JobDefinition': 'the job definitions',
}

it('says after a removal all that stays', async () => {
  let text = ''
  vi.spyOn(process.stderr, 'write').mockImplementation(part => {
    text += String(part)
    return true
  })
  await new BatchwisePlugin({} as Serverless).hooks['after:remove:remove']?.()
  vi.restoreAllMocks()
  const { workflows } = readWorkflowFiles(['workflows'], Object.keys(localStack({})), false)
  const { resources } = stackOf({
    stackName: 'batchwise-test',
    stage: 'test',
    settings: readDeploySettings({}),
    ownNames: {},
    workflows,
    queues: [],
  })
  const kept = Object.values(resources).filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain')
  const types = new Set([...kept.map(({ Type }) => Type), 'AWS::DynamoDB::Table'])
  for (const type of types) expect(text).toContain(SAID[type] ?? `nothing of ${type}`)
  expect(types.size).toBe(Object.keys(SAID).length)
})
