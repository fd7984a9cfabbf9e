import type { AlertMessage } from '../core/alert/alert-message.ts'
import type { Service } from './service.ts'

/** Milliseconds until the function is stopped. */
export type TimeLeft = () => number

/**
 * Publishing may take 8 s, and the mark behind it 12 with what its client repeats: who is stopped between the two makes
 * people hear of it twice.
 */
const PUBLISH_MARGIN = 20_000

export function hasTimeToTell(timeLeft: TimeLeft): boolean {
  return timeLeft() >= PUBLISH_MARGIN
}

/**
 * Publishes a message if there is time to mark it as published.
 *
 * @returns undefined when it is out; else the time to ask again at: now, in a function that has just begun
 */
export async function tell(
  service: Pick<Service, 'alerts' | 'clock'>,
  message: AlertMessage,
  timeLeft: TimeLeft,
): Promise<number | undefined> {
  if (!hasTimeToTell(timeLeft)) return service.clock.now()
  await service.alerts.publish(message)
  return undefined
}
