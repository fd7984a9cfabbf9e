import { expect, it } from 'vitest'
import { noLogOfExecution } from '../../../src/cli/logs/no-log.ts'

const ARN = 'arn:aws:states:eu-west-1:123456789012:execution:train:train_x_1'

it.each([
  [false, `--region eu-west-1 --execution-arn ${ARN}`],
  [true, '`batchwise show kge3qosj` has why it failed'],
])('says where to look for an execution (local: %s)', (isLocal, words) => {
  const { code, message } = noLogOfExecution('train', ARN, { isLocal, runId: 'kge3qosjbtcyfkxmtasbwibelh' })
  expect(code).toBe('E_NO_LOG')
  expect(message).toContain(words)
})
