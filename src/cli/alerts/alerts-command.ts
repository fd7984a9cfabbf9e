import { type Command, InvalidArgumentError } from 'commander'
import { countOf, withConnection, withJson, withUtc } from '../options.ts'
import type { AlertsFlags } from './list-alerts.ts'

/** `batchwise alerts`: who was told what. */
export function addAlertsCommand(program: Command): void {
  const command = program
    .command('alerts')
    .description('list the alerts of failed runs, and in local mode the messages; `alerts test` sends one')
    .argument('[test]', 'send a test message to everybody who is subscribed', testOf)
    .option('--limit <number>', 'of how many failed runs, and how many messages', countOf, 20)
  withUtc(withJson(withConnection(command)))
    .addHelpText(
      'after',
      `
Examples:
  batchwise alerts
  batchwise alerts test --stage prod

JSON:
  { "alerts": [{ "runId", "workflow", "finishedAt", "epoch", "state": "pending" | "sent" }],
    "outbox": [{ "time", "subject", "email", "attributes", "file" }] }`,
    )
    .action(async (test: 'test' | undefined, flags: AlertsFlags) => {
      if (test === undefined) await (await import('./list-alerts.ts')).listAlerts(flags)
      else await (await import('./test-alert.ts')).sendTestAlert(flags)
    })
}

function testOf(text: string): 'test' {
  if (text === 'test') return text
  throw new InvalidArgumentError('Leave it out, or write test.')
}
