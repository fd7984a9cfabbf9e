import { describe, expect, it } from 'vitest'
import {
  checkReadConditions,
  checkSourceConditions,
  writeCondition,
} from '../../../../src/local/s3/wire/conditions.ts'

const MODIFIED = Date.parse('2026-11-21T01:00:00Z')
const entity = { etag: 'abc', lastModified: MODIFIED }
const BEFORE = new Date(MODIFIED - 1000).toUTCString()
const SAME = new Date(MODIFIED).toUTCString()

const outcome = (check: () => void) => {
  try {
    check()
    return 'holds'
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('checkReadConditions', () => {
  it.each([
    [{}, 'holds'],
    [{ 'if-match': '"abc"' }, 'holds'],
    [{ 'if-match': '"x", W/"abc"' }, 'holds'],
    [{ 'if-match': '*' }, 'holds'],
    [{ 'if-match': '"x"' }, 'PreconditionFailed'],
    [{ 'if-none-match': '"x"' }, 'holds'],
    [{ 'if-none-match': '"abc"' }, 'NotModified'],
    [{ 'if-none-match': '*' }, 'NotModified'],
    [{ 'if-modified-since': BEFORE }, 'holds'],
    [{ 'if-modified-since': SAME }, 'NotModified'],
    [{ 'if-unmodified-since': SAME }, 'holds'],
    [{ 'if-unmodified-since': BEFORE }, 'PreconditionFailed'],
    [{ 'if-match': '"abc"', 'if-unmodified-since': BEFORE }, 'holds'],
    [{ 'if-none-match': '"x"', 'if-modified-since': SAME }, 'holds'],
    [{ 'if-modified-since': 'yesterday' }, 'holds'],
  ])('%j: %s', (headers, expected) => {
    expect(outcome(() => checkReadConditions(new Map(Object.entries(headers)), entity))).toBe(expected)
  })

  it('tells the ETag of what was not modified', () => {
    expect(() => checkReadConditions(new Map([['if-none-match', 'abc']]), entity)).toThrow(
      expect.objectContaining({ status: 304, fields: expect.objectContaining({ ETag: '"abc"' }) }),
    )
  })
})

it.each([
  [{ 'x-amz-copy-source-if-match': 'abc' }, 'holds'],
  [{ 'x-amz-copy-source-if-none-match': 'abc' }, 'PreconditionFailed'],
  [{ 'x-amz-copy-source-if-modified-since': SAME }, 'PreconditionFailed'],
  [{ 'if-match': 'x' }, 'holds'],
])('checkSourceConditions %j: %s', (headers, expected) => {
  expect(outcome(() => checkSourceConditions(new Map(Object.entries(headers)), entity))).toBe(expected)
})

describe('writeCondition', () => {
  it.each([
    [{}, undefined, 'holds'],
    [{}, entity, 'holds'],
    [{ 'if-none-match': '*' }, undefined, 'holds'],
    [{ 'if-none-match': '*' }, entity, 'PreconditionFailed'],
    [{ 'if-none-match': '"abc"' }, undefined, 'NotImplemented'],
    [{ 'if-match': '"abc"' }, entity, 'holds'],
    [{ 'if-match': '"x"' }, entity, 'PreconditionFailed'],
    [{ 'if-match': '"abc"' }, undefined, 'NoSuchKey'],
  ])('%j over %j: %s', (headers, present, expected) => {
    expect(outcome(() => writeCondition(new Map(Object.entries(headers)))(present))).toBe(expected)
  })
})
