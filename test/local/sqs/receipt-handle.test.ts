import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readReceiptHandle, receiptHandle } from '../../../src/local/sqs/receipt-handle.ts'

it('reads back what it wrote', () => {
  const receipt = fc.record({
    queue: fc.stringMatching(/^[\w-]{1,80}$/),
    messageId: fc.uuid(),
    receiveCount: fc.integer({ min: 1 }),
  })
  fc.assert(
    fc.property(receipt, it => {
      expect(readReceiptHandle(receiptHandle(it))).toEqual(it)
    }),
  )
})

it.each([
  '',
  'nonsense',
  '::',
  Buffer.from('queue id').toString('base64url'),
  Buffer.from('queue id 0').toString('base64url'),
])('takes %j for no handle', handle => expect(readReceiptHandle(handle)).toBeUndefined())

it('never fails, whatever it is given', () => {
  fc.assert(fc.property(fc.string(), text => void readReceiptHandle(text)))
})
