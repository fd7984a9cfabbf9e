import { createTopicReader } from '../../aws/topic-reader.ts'
import type { Check, Finding } from './check.ts'

export const somebodyIsTold: Check = {
  name: 'somebody is told of failures',
  onlyInAws: true,
  async run({ connection: { target, resources } }) {
    const reader = createTopicReader(target)
    const { topic } = await resources()
    const subscriptions = await reader.subscriptions(topic)
    const pending = subscriptions.filter(({ isConfirmed }) => !isConfirmed)
    const sms = subscriptions.filter(({ protocol }) => protocol === 'sms')
    return [
      ...(subscriptions.length === 0
        ? [
            {
              problem: 'Nobody is subscribed to the alerts.',
              mend: 'Deploy with an e-mail address or a phone number.',
            },
          ]
        : []),
      ...pending.map(
        ({ endpoint }): Finding => ({
          problem: `${endpoint} has not confirmed its subscription to the alerts.`,
          mend: 'Open the link in the mail that AWS sent; after three days subscribe again.',
        }),
      ),
      ...(sms.length > 0 && (await reader.isSmsSandbox())
        ? [
            {
              problem: 'The account is in the SMS sandbox: text messages reach only verified numbers.',
              mend: 'Verify the numbers, or ask AWS to leave the sandbox.',
            },
          ]
        : []),
    ]
  },
}
