/**
 * List prices in US dollars, us-east-1, as known in November 2026 without looking them up again: check them before you
 * budget. Free tiers are left out.
 */
export const PRICES = {
  lambdaRequest: 0.2e-6,
  /** GB-second on arm64. */
  lambdaGbSecond: 13.3334e-6,
  sqsRequest: 0.4e-6,
  /** Custom events, and those of S3, an opt-in source; events of Batch are free. */
  eventBridgeEvent: 1e-6,
  dynamoWriteUnit: 0.625e-6,
  dynamoReadUnit: 0.125e-6,
  schedulerInvocation: 1e-6,
  alarmMetricMonth: 0.1,
  dashboardMonth: 3,
  logGigabyte: 0.5,
  stepFunctionsTransition: 25e-6,
  /** The smallest environment of Managed Workflows for Apache Airflow, an hour. */
  mwaaHour: 0.49,
} as const

/** Not measured in AWS: a warm invocation waits for a few calls of some milliseconds each. */
export const ASSUMED = { invocationSeconds: 0.08, memoryGb: 0.5 } as const
