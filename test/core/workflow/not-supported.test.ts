import { describe, expect, it } from 'vitest'
import { existing, faults, jobs, told } from './workflow-text.ts'

describe('not supported yet', () => {
  it.each([['fallback', jobs(`a: { ${existing}, fallback: {} }`), '3 jobs.a.fallback «fallback»']])(
    'E190 refuses %s by name',
    (key, text, place) => {
      expect(faults(text)).toEqual([`E190 ${place}`])
      expect(told(text)).toContain(`\`${key}\` is not supported yet.`)
    },
  )
})
