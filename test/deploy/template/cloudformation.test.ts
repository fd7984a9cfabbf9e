import { describe, expect, it } from 'vitest'
import { checkSize, logicalId, merged, type Resource } from '../../../src/deploy/template/cloudformation.ts'

const some: Resource = { Type: 'AWS::SNS::Topic' }
const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`R${index}`, some]))

describe('a template', () => {
  it('is put together from its parts', () => {
    expect(Object.keys(merged({ A: some }, {}, { B: some }))).toEqual(['A', 'B'])
  })

  it('refuses a logical id that two parts have', () => {
    expect(() => merged({ A: some }, { A: some })).toThrow(/Two resources would have the logical id A/)
  })

  it('takes as many resources as CloudFormation does, and refuses more in words', () => {
    expect(() => checkSize(many(460))).not.toThrow()
    expect(() => checkSize(many(461))).toThrow(/461 resources of ours.*make equal jobs one array/)
  })

  it.each([
    [['access-points', 'clean', 'job-definition'], 'AccessPointsCleanJobDefinition'],
    [['a'], 'A'],
  ])('names %j the resource %s', (names, id) => {
    expect(logicalId(...names)).toBe(id)
  })
})
