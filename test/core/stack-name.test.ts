import { expect, it } from 'vitest'
import { stackNameOf } from '../../src/core/stack-name.ts'

it.each(['a', 'dev', 'prod-2', '123456789'])('names the stack of stage %j within 19 characters', stage => {
  expect(stackNameOf(stage)).toBe(`batchwise-${stage}`)
  expect(stackNameOf(stage).length).toBeLessThanOrEqual(19)
})

it.each(['', 'Dev', '-x', 'a stage', 'production1', '../x'])('refuses the stage %j', stage => {
  expect(() => stackNameOf(stage)).toThrow(/is not a stage: 1 to 9 characters/)
})
