import type { Workflow } from '../workflow/workflow.ts'

/** What people are told of. */
export type AlertKind = 'failed' | 'stuck' | 'late' | 'missed' | 'recovered'

/** What a workflow wants to be told of, and how. */
export interface AlertSettings {
  readonly on: readonly AlertKind[]
  /** By text message too. */
  readonly sms: boolean
  /** Seconds that the head of a queue may wait for a machine. */
  readonly stuckAfter: number
}

export const DEFAULT_ALERTS: AlertSettings = { on: ['failed', 'stuck', 'late'], sms: false, stuckAfter: 1800 }

/** The settings of a workflow; a definition that was stored before there were any has the defaults. */
export function alertsOf({ alerts }: Pick<Workflow, 'alerts'>): AlertSettings {
  return alerts ?? DEFAULT_ALERTS
}

export const LATE = 'late'

/** A set of objects is not complete at its deadline; objects came after a set was closed. */
export const INCOMPLETE = 'incomplete'
export const LATE_MEMBERS = 'late-members'

/** The name of the alert in a run's record that tells of its first success after a failure. */
export function recoveredName(epoch: number): string {
  return `recovered-${epoch}`
}

/** What an alert in a run's record is about; a number is the epoch that failed. */
export function kindOfAlert(name: string): AlertKind {
  if (name === LATE || name === INCOMPLETE || name === LATE_MEMBERS) return 'late'
  return name.startsWith('recovered-') ? 'recovered' : 'failed'
}
