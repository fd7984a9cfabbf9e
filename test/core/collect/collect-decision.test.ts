import { expect, it } from 'vitest'
import { collectStep, collectWake } from '../../../src/core/collect/collect-decision.ts'
import type { Collection } from '../../../src/core/collect/collection.ts'
import type { Collect } from '../../../src/core/workflow/workflow.ts'
import { NOW, runOf } from '../run/given.ts'

const COUNT = { type: 'count', count: 2 } as const
const QUIET = { type: 'quiet', seconds: 60 } as const
const MARKER = { type: 'marker', name: '_SUCCESS' } as const
const MANIFEST = { type: 'manifest', name: 'list.json' } as const
const HOUR = 3600

type Row = readonly [
  title: string,
  until: Collect['until'],
  collection: Partial<Collection>,
  collect: Partial<Collect>,
  step: string,
  wake: number | undefined,
]

it.each<Row>([
  ['waits for the count', COUNT, {}, {}, 'wait', NOW + HOUR * 1000 - 60_000],
  ['closes when it is complete', COUNT, { complete: true }, {}, 'close', NOW - 1000],
  ['waits while it is not quiet', QUIET, {}, {}, 'wait', NOW + 59_000],
  ['closes when it is quiet', QUIET, { lastAt: NOW - 60_000 }, {}, 'close', NOW],
  ['lets a marker settle', MARKER, { complete: true }, {}, 'wait', NOW + 29_000],
  ['closes when it has settled', MARKER, { complete: true, lastAt: NOW - 30_000 }, {}, 'close', NOW],
  ['waits for a manifest', MANIFEST, { arrival: 'a' }, {}, 'wait', NOW + HOUR * 1000 - 60_000],
  [
    'looks at a manifest after each arrival',
    MANIFEST,
    { manifest: 'm', arrival: 'a' },
    {},
    'check',
    NOW - 1000,
  ],
  [
    'has looked at it',
    MANIFEST,
    { manifest: 'm', arrival: 'a', checked: 'a' },
    {},
    'wait',
    NOW + HOUR * 1000 - 60_000,
  ],
  ['tells at the deadline', COUNT, {}, { deadline: 60 }, 'tell', NOW],
  ['runs at the deadline', COUNT, {}, { deadline: 60, onDeadline: 'run' }, 'close', NOW],
  ['gives up at the deadline', COUNT, {}, { deadline: 60, onDeadline: 'drop' }, 'drop', NOW],
  ['takes members when it is closing', COUNT, { state: 'closing' }, {}, 'take', 0],
  ['leaves that to who does it', COUNT, { state: 'closing', claimedUntil: NOW }, {}, 'wait', NOW],
])('%s', (_title, until, differences, more, step, wake) => {
  const collection: Collection = {
    trigger: 0,
    by: 'x',
    generation: 1,
    state: 'open',
    lastAt: NOW - 1000,
    ...differences,
  }
  const collect: Collect = { by: '', until, deadline: HOUR, onDeadline: 'alert', late: 'alert', ...more }
  const run = runOf({ status: 'COLLECTING', collect: collection })
  expect(collectStep(run, collection, collect, NOW)).toBe(step)
  expect(collectWake(run, collection, collect)).toBe(wake)
})

it('tells once, and waits on', () => {
  const collection: Collection = { trigger: 0, by: 'x', generation: 1, state: 'open', lastAt: NOW }
  const collect: Collect = { by: '', until: COUNT, deadline: 60, onDeadline: 'alert', late: 'alert' }
  const run = runOf({ status: 'COLLECTING', alerts: { incomplete: { state: 'sent' } } })
  expect(collectStep(run, collection, collect, NOW)).toBe('wait')
  expect(collectWake(run, collection, collect)).toBeUndefined()
})
