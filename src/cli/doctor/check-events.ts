import { countMessages } from '../../aws/message-counter.ts'
import { createRuleReader } from '../../aws/rule-reader.ts'
import { elapsed } from '../terminal/time.ts'
import type { Check } from './check.ts'

/** The sweep looks every minute; a run that is due for longer was not looked at. */
const OVERDUE_AFTER = 10 * 60_000

export const rulesAreEnabled: Check = {
  name: 'rules of EventBridge are there and enabled',
  async run({ connection: { target, names, isLocal } }) {
    const reader = createRuleReader(target)
    const prefix = isLocal ? '' : `${names.stackName}-`
    const buses = await Promise.all([reader.rules('default', prefix), reader.rules(names.bus, '')])
    const [ofDefault = [], ofRequests = []] = buses
    const disabled = buses.flat().filter(({ isEnabled }) => !isEnabled)
    const mend = 'Deploy the stack again.'
    return [
      ...(ofDefault.length === 0
        ? [{ problem: 'No rule brings events of S3 and Batch to the stack.', mend }]
        : []),
      ...(ofRequests.length === 0
        ? [{ problem: `No rule is on the bus ${names.bus}: requests get lost.`, mend }]
        : []),
      ...disabled.map(({ name }) => ({
        problem: `The rule ${name} is disabled: its events get lost.`,
        mend: `Enable it: aws events enable-rule --name ${name}`,
      })),
    ]
  },
}

export const deadLettersAreEmpty: Check = {
  name: 'dead-letter queues are empty',
  async run({ connection: { target, names, isLocal } }) {
    const counts = await countMessages(target, isLocal ? '' : `${names.stackName}-`)
    return counts
      .filter(({ name, messages }) => /dead-?letters/i.test(name) && messages > 0)
      .map(({ name, messages }) => ({
        problem: `${name} holds ${messages} message${messages === 1 ? '' : 's'} that could not be worked off.`,
        mend: 'Look at one, and at the log of its function; then start a redrive of the queue.',
      }))
  },
}

export const noRunIsOverdue: Check = {
  name: 'runs are looked after',
  async run({ table, now }) {
    const overdue = await table.store.dueRuns(now - OVERDUE_AFTER)
    if (overdue.length === 0) return []
    return [
      {
        problem: `${overdue.length} run${overdue.length === 1 ? ' has' : 's have'} been due for more than ${elapsed(OVERDUE_AFTER)} (${overdue.slice(0, 3).join(', ')}): the sweep or \`advance\` does not work.`,
        mend: 'Look at the logs and the concurrency of these functions, and at the schedule of the sweep.',
      },
    ]
  },
}
