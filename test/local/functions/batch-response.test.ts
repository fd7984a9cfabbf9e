import { expect, it } from 'vitest'
import { readBatchResponse } from '../../../src/local/functions/batch-response.ts'

const item = (itemIdentifier: unknown) => ({ batchItemFailures: [{ itemIdentifier }] })

it.each<[string, unknown, readonly string[]]>([
  ['no answer', undefined, []],
  ['null', null, []],
  ['an empty object', {}, []],
  ['null for the list', { batchItemFailures: null }, []],
  ['an empty list', { batchItemFailures: [] }, []],
  ['one failure', item('a'), ['a']],
  [
    'the same failure twice',
    { batchItemFailures: [{ itemIdentifier: 'a' }, { itemIdentifier: 'a' }] },
    ['a'],
  ],
])('takes %s for what it says', (_title, response, failed) => {
  expect([...readBatchResponse(response, ['a', 'b'])]).toEqual(failed)
})

it.each<[string, unknown]>([
  ['a text', 'done'],
  ['a list', []],
  ['a list that is none', { batchItemFailures: 'a' }],
  ['an item that is none', { batchItemFailures: ['a'] }],
  ['a bad key name', { batchItemFailures: [{ messageId: 'a' }] }],
  ['an empty identifier', item('')],
  ['a null identifier', item(null)],
  ['an identifier of no message', item('c')],
])('takes %s as the failure of the whole batch', (_title, response) => {
  expect(() => readBatchResponse(response, ['a', 'b'])).toThrow('whole batch')
})
