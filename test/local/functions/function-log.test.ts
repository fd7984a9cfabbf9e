import { channel } from 'node:diagnostics_channel'
import { expect, it } from 'vitest'
import { receiveFunctionLog } from '../../../src/local/functions/function-log.ts'

it('keeps every line, and tells once of a message that failed', () => {
  const lines: string[] = []
  const problems: string[] = []
  const end = receiveFunctionLog({ keep: line => lines.push(line), onProblem: what => problems.push(what) })
  const failed = { event: 'message-failed', messageId: 'm', reason: 'E_EVENT: no' }
  for (const line of [{ event: 'swept' }, failed, failed]) channel('batchwise:log').publish(line)
  end()
  channel('batchwise:log').publish({ event: 'after the end' })
  expect(lines).toEqual([{ event: 'swept' }, failed, failed].map(line => JSON.stringify(line)))
  expect(problems).toEqual(['an event could not be acted on: E_EVENT: no'])
})
