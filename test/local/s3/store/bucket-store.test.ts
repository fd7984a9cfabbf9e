import { expect, it } from 'vitest'
import { checkBucketName } from '../../../../src/local/s3/store/bucket-store.ts'

it.each(['inbox', 'abc', 'a-b.c-d', '1.2.3', 'x'.repeat(63), '1bucket'])('takes %s', name => {
  expect(() => checkBucketName(name)).not.toThrow()
})

it.each([
  '',
  'ab',
  'x'.repeat(64),
  'Inbox',
  'in_box',
  '-inbox',
  'inbox-',
  '.inbox',
  'in..box',
  '..',
  '...',
  '192.168.0.1',
  'xn--inbox',
  'inbox-s3alias',
  'inbox\n',
  '../inbox',
  'büro',
])('refuses %j', name => {
  expect(() => checkBucketName(name)).toThrow(
    expect.objectContaining({ code: 'InvalidBucketName', status: 400 }),
  )
})
