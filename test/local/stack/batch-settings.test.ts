import { expect, it } from 'vitest'
import { readCloudFormationYaml } from '../../../src/local/functions/cloudformation-yaml.ts'
import { readBatchSettings } from '../../../src/local/stack/batch-settings.ts'

const read = (text: string) => readBatchSettings(readCloudFormationYaml(text, 'serverless.yml'))

it('reads the settings of the local Batch, each in its unit', () => {
  expect(read('submitRate: 50\nretentionDays: 1\ngraceSeconds: 2.5\nmemoryGiB: 16\ngpus: 2\n')).toEqual({
    submitRate: 50,
    retention: 86_400_000,
    timeoutGrace: 2500,
    memory: 16_384,
    gpus: 2,
  })
})

it('leaves the rest as it is', () => expect(read('gpus: 1')).toEqual({ gpus: 1 }))

it.each([
  ['an unknown setting', 'rate: 50', 'unknown setting; there are submitRate'],
  ['a rate of nothing', 'submitRate: 0', 'a number from 1 to 100000'],
  ['a text', 'retentionDays: week', 'a number from 0.001 to 3650'],
])('refuses %s', (_title, text, message) => expect(() => read(text)).toThrow(message))
