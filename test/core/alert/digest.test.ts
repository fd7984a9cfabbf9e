import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type AlertWindow, digestSentWrite, turnOf } from '../../../src/core/alert/digest.ts'
import { digestAlert } from '../../../src/core/alert/digest-alert.ts'
import { applied, holds } from '../../../src/core/run/item-semantics.ts'
import type { ItemWrite } from '../../../src/core/run/item-write.ts'
import { NOW, RUN_ID } from '../run/given.ts'

const MINUTE = 60_000

interface Failure {
  readonly name: string
  readonly failedAt: number
  askAt: number
  toldAt?: number
}

/** Plays failures at these times: each asks when it fails and when it was told to ask again, as the sweep has it. */
function play(times: readonly number[]) {
  let window: AlertWindow | undefined
  const failures: Failure[] = times.map((at, index) => ({ name: `run${index}-1`, failedAt: at, askAt: at }))
  const messages: { readonly at: number; readonly names: readonly string[]; readonly isDigest?: true }[] = []
  const write = (change: ItemWrite) => {
    if (!holds(change.condition, window as never)) throw new Error('as it was read')
    window = applied<AlertWindow>(window, change)
  }
  for (let now = NOW; failures.some(({ toldAt }) => toldAt === undefined); now += MINUTE / 2) {
    if (now > NOW + 1000 * MINUTE) throw new Error('never told')
    for (const failure of failures.filter(it => it.toldAt === undefined && it.askAt <= now)) {
      const turn = turnOf('w', window, failure.name, 'cause', now)
      if ('write' in turn && turn.write) write(turn.write)
      if (turn.type === 'wait') failure.askAt = turn.at
      else failure.toldAt = now
      if (turn.type === 'publish') messages.push({ at: now, names: [failure.name] })
      if (turn.type === 'digest' && window) {
        messages.push({ at: now, names: Object.keys(window.folded), isDigest: true })
        write(digestSentWrite('w', window, now))
      }
    }
  }
  return { messages, failures }
}

it('tells ten by themselves and those after them in one digest, within five minutes', () => {
  const { messages } = play(Array.from({ length: 100 }, () => NOW))
  expect(messages.map(({ names }) => names.length)).toEqual([...Array(10).fill(1), 90])
  expect((messages.at(-1)?.at ?? 0) - NOW).toBeLessThanOrEqual(4 * MINUTE)
})

it('tells each of a few by itself, at once', () => {
  const { messages } = play(Array.from({ length: 30 }, (_, index) => NOW + index * MINUTE))
  expect(messages.map(({ names }) => names.length)).toEqual(Array(30).fill(1))
})

it('puts each failure into exactly one message: its own within a minute, or a digest within five', () => {
  const times = fc.array(
    fc.nat(40).map(half => NOW + half * (MINUTE / 2)),
    { maxLength: 120 },
  )
  fc.assert(
    fc.property(times, at => {
      const { messages, failures } = play(at)
      const told = messages.flatMap(({ names }) => names)
      expect(told.toSorted()).toEqual(failures.map(({ name }) => name).toSorted())
      for (const { name, failedAt } of failures) {
        const message = messages.find(({ names }) => names.includes(name))
        const limit = message?.isDigest ? 5 * MINUTE : MINUTE
        expect((message?.at ?? Number.POSITIVE_INFINITY) - failedAt).toBeLessThanOrEqual(limit)
      }
    }),
    { numRuns: 200 },
  )
})

it('lists the runs of a digest in lines of 72 columns', () => {
  const folded = {
    [`${RUN_ID}-1`]: `clean: ${'x'.repeat(99)}`,
    [`${RUN_ID.replace('a', 'b')}-2`]: 'join: exit code 3',
  }
  const window = { revision: 12, openedAt: NOW, own: Array(10).fill('x'), folded }
  const { email, subject } = digestAlert('w', window, { stage: 'dev', sms: false })
  expect(subject).toBe('w failed: 2 more runs [dev]')
  expect(email).toContain(`Run ${RUN_ID.replace('a', 'b')} join: exit code 3\n`)
  expect(email).toContain('batchwise runs --workflow w --status FAILED --stage dev')
  expect(email.split('\n').filter(line => line.length > 72)).toEqual([])
})
