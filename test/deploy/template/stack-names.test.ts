import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeholders, withStackNames } from '../../../src/deploy/template/stack-names.ts'

const NAMES = { bucket: { Ref: 'Bucket' }, role: { 'Fn::GetAtt': ['Role', 'Arn'] }, stage: 'prod' }
const stack = placeholders(NAMES)

describe('names of the stack', () => {
  it.each([
    [`${stack['bucket']}`, { Ref: 'Bucket' }],
    [`${stack['stage']}`, 'prod'],
    [`s3://${stack['bucket']}/in`, { 'Fn::Join': ['', ['s3://', { Ref: 'Bucket' }, '/in']] }],
    [`${stack['bucket']}${stack['bucket']}`, { 'Fn::Join': ['', [{ Ref: 'Bucket' }, { Ref: 'Bucket' }]] }],
    [[{ a: stack['role'] }], [{ a: { 'Fn::GetAtt': ['Role', 'Arn'] } }]],
    [7, 7],
    [null, null],
  ])('are put in their places in %j', (value, expected) => {
    expect(withStackNames(value, NAMES)).toEqual(expected)
  })

  it('survive JSON, so that a template may hold a text that is JSON', () => {
    const text = JSON.stringify({ bucket: stack['bucket'] })
    expect(withStackNames(text, NAMES)).toEqual({
      'Fn::Join': ['', ['{"bucket":"', { Ref: 'Bucket' }, '"}']],
    })
  })

  it('leave everything else as it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        expect(withStackNames(value, NAMES)).toEqual(value)
      }),
    )
  })
})
