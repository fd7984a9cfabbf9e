import { chosen } from './random.ts'
import type { Scheduler } from './scheduler.ts'

const KINDS = [
  'crash-before',
  'crash-after',
  'answer-lost',
  'call-failed',
  'call-repeated',
  'pause-before',
  'pause-after',
  'submit-late',
  'throttled',
  'refused',
  'slow',
  'event-dropped',
  'event-doubled',
  'event-outage',
  'message-again',
  'job-vanished',
  'sweep-skipped',
] as const

export type FaultKind = (typeof KINDS)[number]

/** What went wrong, named so that it can be left out when the seed is run again. */
export interface Fault {
  readonly kind: FaultKind
  /** Of what: an invocation, a Batch job, a message, by number. */
  readonly of: number
  /** Which of its calls, events, deliveries. */
  readonly ordinal: number
}

export interface Faults {
  /** Whether this fault happens here. */
  happens(kind: FaultKind, of: number, ordinal: number, probability: number): boolean
  /** [0, 1), for how long a fault lasts and the like. */
  size(kind: FaultKind, of: number, ordinal: number): number
  readonly injected: readonly Fault[]
}

const KIND_NUMBER = Object.fromEntries(KINDS.map((kind, index) => [kind, index + 1])) as Readonly<
  Record<FaultKind, number>
>
const SIZE = 100

/** Faults as likely as the profile says, none after `healAt`. */
export function createFaults(seed: number, scheduler: Scheduler, healAt: number): Faults {
  return faultsWhere(
    seed,
    ({ kind, of, ordinal }, probability) =>
      scheduler.now() <= healAt && chosen(seed, KIND_NUMBER[kind], of, ordinal) < probability,
  )
}

/** Exactly these faults, each as big as it is in this seed, and no others. */
export function exactFaults(seed: number, faults: readonly Fault[]): Faults {
  const wanted = new Set(faults.map(nameOfFault))
  return faultsWhere(seed, fault => wanted.has(nameOfFault(fault)))
}

function faultsWhere(seed: number, isWanted: (fault: Fault, probability: number) => boolean): Faults {
  const injected: Fault[] = []
  return {
    injected,
    happens(kind, of, ordinal, probability) {
      if (probability === 0) return false
      const fault = { kind, of, ordinal }
      if (!isWanted(fault, probability)) return false
      injected.push(fault)
      return true
    },
    size: (kind, of, ordinal) => chosen(seed, SIZE + KIND_NUMBER[kind], of, ordinal),
  }
}

export function nameOfFault({ kind, of, ordinal }: Fault): string {
  return `${kind} ${of}.${ordinal}`
}
