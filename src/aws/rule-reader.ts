import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge'
import type { ClientTarget } from './client-target.ts'

/** A rule of EventBridge. */
export interface DescribedRule {
  readonly name: string
  readonly isEnabled: boolean
}

export interface RuleReader {
  /** Rules of a bus whose name begins so. */
  rules(bus: string, prefix: string): Promise<readonly DescribedRule[]>
}

export function createRuleReader(target: ClientTarget): RuleReader {
  const client = new EventBridgeClient({ ...target, maxAttempts: 4 })
  return {
    async rules(bus, prefix) {
      const found: DescribedRule[] = []
      let NextToken: string | undefined
      do {
        const page = await client.send(
          new ListRulesCommand({
            EventBusName: bus,
            NextToken,
            ...(prefix !== '' && { NamePrefix: prefix }),
          }),
        )
        for (const { Name = '', State } of page.Rules ?? []) {
          found.push({ name: Name, isEnabled: State !== 'DISABLED' })
        }
        NextToken = page.NextToken
      } while (NextToken !== undefined)
      return found
    },
  }
}
