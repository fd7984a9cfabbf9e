import type { AlertPort } from '../../ports.ts'
import { createAlerts } from '../alert-adapter.ts'
import type { ClientTarget } from '../client-target.ts'

/** Few runs fail: the client for alerts is made with the first. */
export function alertsWhenNeeded(target: ClientTarget, topicArn: string): AlertPort {
  let alerts: AlertPort | undefined
  return {
    publish(message) {
      alerts ??= createAlerts(target, topicArn)
      return alerts.publish(message)
    },
  }
}
