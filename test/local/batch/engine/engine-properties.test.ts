import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Dependency, type Job, type JobState, jobIdOf } from '../../../../src/local/batch/engine/job.ts'
import { isTerminal, STATUSES } from '../../../../src/local/batch/engine/status.ts'
import { exited, Lab } from './lab.ts'

type Act =
  | Submit
  | { readonly act: 'run' | 'succeed' | 'fail' | 'cancel' | 'terminate' | 'timeout'; readonly which: number }

interface Submit {
  readonly act: 'submit'
  readonly size: number
  readonly attempts: number
  readonly on: readonly Edge[]
  /** On the queue that divides its machines; on the other one where there is none. */
  readonly share: string | undefined
}

interface Edge {
  readonly back: number
  readonly kind: 'whole' | 'pair' | 'sequence'
}

const edge = fc.record<Edge>({
  back: fc.integer({ min: 1, max: 4 }),
  kind: fc.constantFrom('whole', 'pair', 'sequence'),
})

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant('submit' as const),
      size: fc.constantFrom(1, 1, 3),
      attempts: fc.integer({ min: 1, max: 3 }),
      on: fc.array(edge, { maxLength: 3 }),
      share: fc.constantFrom(undefined, 'a', 'b'),
    }),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      act: fc.constantFrom('run', 'succeed', 'succeed', 'fail', 'cancel', 'terminate', 'timeout'),
      which: fc.nat(),
    }),
  },
)

function dependencies(lab: Lab, size: number, edges: readonly Edge[]): readonly Dependency[] {
  const jobs = [...lab.engine.jobs()]
  return edges.flatMap(({ back, kind }): readonly Dependency[] => {
    const upstream = jobs.at(-back)
    if (kind === 'sequence') return size > 1 ? [{ type: 'SEQUENTIAL' }] : []
    if (upstream === undefined) return []
    const isPair = kind === 'pair' && size > 1 && upstream.spec.arraySize === size
    return [isPair ? { jobId: upstream.spec.jobId, type: 'N_TO_N' } : { jobId: upstream.spec.jobId }]
  })
}

function leaves(lab: Lab): readonly Job[] {
  return [...lab.engine.jobs()].flatMap(job => [job, ...(job.array?.children ?? [])])
}

function perform(lab: Lab, step: Act): void {
  if (step.act === 'submit') {
    const spec = {
      dependsOn: dependencies(lab, step.size, step.on),
      retry: { attempts: step.attempts, evaluateOnExit: [] },
      timeout: 60,
      ...(step.share === undefined ? {} : { queue: 'fair', share: { identifier: step.share, priority: 0 } }),
    }
    lab.submit(`j${leaves(lab).length}`, step.size > 1 ? { ...spec, arraySize: step.size } : spec)
    return
  }
  const jobs = leaves(lab)
  const active = jobs.filter(({ state }) => state.status === 'STARTING' || state.status === 'RUNNING')
  const any = jobs[step.which % jobs.length]
  const one = active[step.which % active.length]
  if (step.act === 'cancel' && any !== undefined) lab.cancel(jobIdOf(any))
  if (step.act === 'terminate' && any !== undefined) lab.terminate(jobIdOf(any))
  if (one === undefined) return
  if (step.act === 'run') lab.runs(jobIdOf(one))
  if (step.act === 'succeed') lab.ends(jobIdOf(one))
  if (step.act === 'fail') lab.ends(jobIdOf(one), exited(1))
  if (step.act === 'timeout') lab.do(lab.engine.timedOut(one, one.state.task ?? ''))
}

function rank(state: JobState): number {
  return state.attempts.length * 10 + STATUSES.indexOf(state.status)
}

function checkTransitions(lab: Lab): void {
  for (const effect of lab.effects) {
    if (effect.type !== 'changed') continue
    expect(isTerminal(effect.before.status)).toBe(false)
    expect(rank(effect.state)).toBeGreaterThan(rank(effect.before))
    if (effect.job.array !== undefined)
      expect(['PENDING', 'SUCCEEDED', 'FAILED']).toContain(effect.state.status)
  }
}

function checkRoom(lab: Lab): void {
  const active = leaves(lab).filter(({ state }) => state.status === 'STARTING' || state.status === 'RUNNING')
  const used = lab.engine.used('machine')
  expect(used).toEqual({ vcpus: active.length, memory: active.length * 1024, gpus: 0 })
  expect(used.vcpus).toBeLessThanOrEqual(3)
}

function checkDependencies(lab: Lab): void {
  for (const job of leaves(lab)) {
    if (job.state.attempts.length === 0 && job.state.task === undefined) continue
    for (const { jobId, type } of job.spec.dependsOn) {
      const pair = type === 'N_TO_N' ? `${jobId}:${job.index}` : jobId
      const sibling = (job.index ?? 0) > 0 ? `${job.spec.jobId}:${(job.index ?? 0) - 1}` : undefined
      const upstream = type === 'SEQUENTIAL' && jobId === undefined ? sibling : pair
      if (upstream !== undefined) expect(lab.job(upstream).state.status).toBe('SUCCEEDED')
    }
  }
}

it('keeps its word whatever happens in whatever order, and ends every job', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), acts => {
      const lab = new Lab(3)
      const fairShare = { window: 5, reservation: 20, weights: [] }
      lab.do(
        lab.engine.setQueue({ name: 'fair', priority: 1, environments: ['machine'], fairShare }, lab.now),
      )
      for (const step of acts) {
        perform(lab, step)
        checkRoom(lab)
        checkDependencies(lab)
      }
      for (let left = 1000; left > 0; left -= 1) {
        const active = leaves(lab).find(
          ({ state }) => state.status === 'STARTING' || state.status === 'RUNNING',
        )
        if (active === undefined) break
        lab.ends(jobIdOf(active))
      }
      checkTransitions(lab)
      for (const job of leaves(lab)) {
        expect(isTerminal(job.state.status)).toBe(true)
        if (job.array === undefined) continue
        const all = job.array.children.map(child => child.state.status)
        if (all.length > 0) expect(job.state.status).toBe(all.includes('FAILED') ? 'FAILED' : 'SUCCEEDED')
      }
    }),
    { numRuns: 300 },
  )
})
