import { expect, it } from 'vitest'
import { functionSettings } from '../../../src/local/stack/function-settings.ts'

const settingsWith = (submitRate?: number) =>
  functionSettings({
    queues: { url: name => name },
    stack: {},
    endpoint: 'http://127.0.0.1:1',
    workflowsFile: 'workflows.json',
    startedAt: 0,
    ...(submitRate !== undefined && { submitRate }),
  })

it.each([
  [undefined, 1000],
  [50, 45],
  [1, 0.9],
])('with a limit of %s SubmitJob a second lets the functions send %s', (limit, rate) => {
  expect(Number(settingsWith(limit)['BATCHWISE_SUBMIT_RATE'])).toBeCloseTo(rate)
})
