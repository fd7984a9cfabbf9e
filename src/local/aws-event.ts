/** An event as EventBridge delivers it. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html */
export interface AwsEvent {
  readonly version: '0'
  readonly id: string
  readonly 'detail-type': string
  readonly source: string
  readonly account: string
  /** ISO 8601, whole seconds, as AWS sends it: `2026-11-21T01:02:03Z`. */
  readonly time: string
  readonly region: string
  readonly resources: readonly string[]
  readonly detail: Readonly<Record<string, unknown>>
}

/** Hands an event to the default bus, in the same synchronous turn as the change it tells of. */
export type EmitEvent = (event: AwsEvent) => void

/** The time stamp of an event: whole seconds, as AWS sends it. */
export function eventTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z')
}
