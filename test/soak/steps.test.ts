import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { STEPS } from './steps.ts'

it('has the steps that docs/guarantees.md names, and no others', () => {
  const page = readFileSync('docs/guarantees.md', 'utf8')
  const named = [...page.matchAll(/npm run soak -- --only (\w+)/g)].map(([, name]) => name)
  expect([...new Set(named)].sort()).toEqual(STEPS.map(({ name }) => name).sort())
})
