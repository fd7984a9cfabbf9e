import { expect, it } from 'vitest'
import type { ProfileName } from '../profile.ts'
import { inThreads } from '../run/pool.ts'
import type { ItemsAnswer, ItemsTask } from './items-thread.ts'

const THREAD = new URL('./items-thread.ts', import.meta.url)
const PROFILES: readonly ProfileName[] = ['base', 'race', 'harsh', 'zombie', 'brutal']
const SEEDS = 60

it.each(PROFILES)(
  'does every item once, and submits only failed ones again: %s',
  async profile => {
    const [answer] = await inThreads<ItemsTask, ItemsAnswer>(THREAD, [{ profile, from: 1, count: SEEDS }])
    expect(answer?.wrongs).toEqual([])
    expect(answer?.parts).toBeGreaterThan(SEEDS)
    expect(answer?.most).toBeGreaterThanOrEqual(3)
  },
  120_000,
)
