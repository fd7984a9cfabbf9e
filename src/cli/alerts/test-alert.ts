import { createAlerts } from '../../aws/alert-adapter.ts'
import { alertMessage } from '../../core/alert/alert-message.ts'
import { type ConnectionFlags, connect } from '../connection.ts'
import { openTerminal } from '../terminal/terminal.ts'

/** Sends one message to everybody who is subscribed, so that they know how alerts look. */
export async function sendTestAlert(flags: ConnectionFlags): Promise<void> {
  const { target, names, isLocal, resources } = connect(flags)
  const { topic } = await resources()
  const { stage } = names
  const message = alertMessage({
    ...{ workflow: 'batchwise', kind: 'failed', stage, sms: true },
    summary: 'test of the alerts',
    lines: ['This is a test, sent by `batchwise alerts test`.', '', `Alerts of stage ${stage} come here.`],
  })
  await createAlerts(target, topic).publish(message)
  openTerminal().print(isLocal ? 'Sent; it is in the outbox: batchwise alerts' : `Sent to ${topic}.`)
}
