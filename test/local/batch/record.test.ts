import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Effect } from '../../../src/local/batch/engine/effect.ts'
import { Engine } from '../../../src/local/batch/engine/engine.ts'
import { type JobEntry, restore, snapshotOfJobs, stateEntries } from '../../../src/local/batch/record.ts'
import { exited, Lab } from './engine/lab.ts'

function entriesOf(effects: readonly Effect[]): readonly JobEntry[] {
  return effects.flatMap(effect => {
    switch (effect.type) {
      case 'submitted':
        return [{ job: effect.job.spec }]
      case 'spawned':
        return [{ spawned: [effect.job.spec.jobId, effect.at] as const }]
      case 'changed':
      case 'noted':
        return [...stateEntries([effect])]
      default:
        return []
    }
  })
}

/** What a journal gives back after these entries. */
function restored(entries: Iterable<JobEntry>): Engine {
  const engine = new Engine(() => 'none')
  for (const entry of entries) restore(engine, JSON.parse(JSON.stringify(entry)))
  return engine
}

function picture(engine: Engine): unknown {
  return [...engine.jobs()].map(({ spec, state, array }) => [
    spec.jobId,
    state,
    array?.counts,
    array?.children.map(child => [child.createdAt, child.state]),
  ])
}

function someHistory(choices: readonly number[]): Lab {
  const lab = new Lab(3)
  lab.submit('a', { retry: { attempts: 2, evaluateOnExit: [] } })
  lab.submit('b', { arraySize: 4, retry: { attempts: 3, evaluateOnExit: [] } })
  lab.submit('c', { arraySize: 4, dependsOn: [{ jobId: 'b', type: 'N_TO_N' }] })
  lab.submit('d', { dependsOn: [{ jobId: 'c' }] })
  const ids = ['a', 'b:0', 'b:1', 'b:2', 'b:3', 'c:0', 'c:3']
  for (const choice of choices) {
    const jobId = ids[choice % ids.length] ?? 'a'
    const { status } = lab.job(jobId).state
    if (choice % 11 === 0) lab.cancel('c')
    else if (status === 'STARTING' || status === 'RUNNING') lab.ends(jobId, exited(choice % 2))
  }
  return lab
}

describe('the journal brings jobs back as they were', () => {
  it.each([
    ['entry by entry', (lab: Lab) => entriesOf(lab.effects)],
    ['from a snapshot', (lab: Lab) => snapshotOfJobs(lab.engine.jobs())],
  ])('%s', (_title, entries) => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { maxLength: 30 }), choices => {
        const lab = someHistory(choices)
        expect(picture(restored(entries(lab)))).toEqual(picture(lab.engine))
      }),
    )
  })
})

it('writes one entry for 10,000 children that turn alike', () => {
  const lab = new Lab(1)
  lab.submit('a', { arraySize: 10_000 })
  const turns = lab.effects.filter(effect => effect.type === 'changed')
  const entries = [...stateEntries(turns)]
  expect(turns).toHaveLength(10_002)
  expect(entries).toHaveLength(3)
  expect([...snapshotOfJobs(lab.engine.jobs())]).toHaveLength(5)
})
