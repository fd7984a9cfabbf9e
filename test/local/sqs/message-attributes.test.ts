import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { attributesSize, md5OfAttributes, md5OfBody } from '../../../src/local/sqs/message-attributes.ts'

it('hashes a body as UTF-8', () => {
  expect(md5OfBody('This is a test message')).toBe('fafb00f5732ab283681e124bf8747ed1')
  expect(md5OfBody('ü')).toBe(
    createHash('md5')
      .update(Buffer.from([0xc3, 0xbc]))
      .digest('hex'),
  )
})

it('hashes an attribute to the value AWS answers', () => {
  const timestamp = { DataType: 'Number', StringValue: '1493147359900' }
  expect(md5OfAttributes({ timestamp })).toBe('235c5c510d26fb653d073faed50ae77c')
})

it('hashes names in order, with lengths, and binary values by their bytes', () => {
  const attributes = {
    b: { DataType: 'Binary', BinaryValue: Buffer.from([1, 2]).toString('base64') },
    a: { DataType: 'String', StringValue: 'ü' },
  }
  const a = ['00000001', '61', '00000006', '537472696e67', '01', '00000002', 'c3bc']
  const b = ['00000001', '62', '00000006', '42696e617279', '02', '00000002', '0102']
  const bytes = Buffer.from([...a, ...b].join(''), 'hex')
  expect(md5OfAttributes(attributes)).toBe(createHash('md5').update(bytes).digest('hex'))
})

it('counts names, types and values against the size limit', () => {
  expect(attributesSize({ ab: { DataType: 'String', StringValue: 'ü' } })).toBe(2 + 6 + 2)
  expect(attributesSize({ a: { DataType: 'Binary', BinaryValue: 'AQI=' } })).toBe(1 + 6 + 2)
})
