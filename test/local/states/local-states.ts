import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn'
import { expect, onTestFinished, vi } from 'vitest'
import type { AwsEvent } from '../../../src/local/aws-event.ts'
import { Journal } from '../../../src/local/journal.ts'
import { createStepFunctions } from '../../../src/local/states/states.ts'
import { clientSettings, IDENTITY } from '../client-settings.ts'
import { serveRouter } from '../wire/serve-router.ts'

/** A choice, and a map over shards. */
export const SHARDS = readFileSync(join(import.meta.dirname, 'shards.asl.json'), 'utf8')
/** A task that asks for something by an event and waits for its token. */
export const WAIT = (more: object = {}) =>
  JSON.stringify({
    StartAt: 'Ask',
    States: {
      Ask: {
        Type: 'Task',
        Resource: 'arn:aws:states:::events:putEvents.waitForTaskToken',
        Parameters: {
          Entries: [
            {
              EventBusName: 'b',
              Source: 's',
              DetailType: 'Start Requested',
              Detail: {
                'token.$': '$$.Task.Token',
                'text.$': "States.Format('<{}>', $$.Task.Token)",
                'day.$': '$.day',
                'by.$': '$$.Execution.Name',
              },
            },
          ],
        },
        End: true,
        ...more,
      },
      ...('Catch' in more && { Caught: { Type: 'Pass', End: true } }),
    },
  })

/** Step Functions in a folder, over HTTP; what it tells and puts is kept. */
export async function openedStates(folder = mkdtempSync(join(tmpdir(), 'states-'))) {
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const events: AwsEvent[] = []
  const put: { Detail: string; Resources: string[] }[] = []
  const journal = new Journal(join(folder, 'journal'))
  const states = createStepFunctions({
    ...{ journal, identity: IDENTITY, now: Date.now },
    emit: event => void events.push(event),
    putEvents: input => {
      put.push(...(input['Entries'] as typeof put))
      return { FailedEntryCount: 0, Entries: [{ EventId: 'e' }] }
    },
  })
  journal.open()
  const { url } = await serveRouter({ states: states.face })
  const client = new SFNClient(clientSettings(url))
  const create = async (definition: string, name = 'm') => {
    const roleArn = 'arn:aws:iam::000000000000:role/r'
    const made = await client.send(new CreateStateMachineCommand({ name, definition, roleArn }))
    return made.stateMachineArn ?? ''
  }
  const start = async (stateMachineArn: string, input: object, name?: string) => {
    const request = { stateMachineArn, input: JSON.stringify(input), ...(name && { name }) }
    return (await client.send(new StartExecutionCommand(request))).executionArn ?? ''
  }
  const ended = (executionArn: string) =>
    vi.waitFor(async () => {
      const execution = await client.send(new DescribeExecutionCommand({ executionArn }))
      expect(execution.status).not.toBe('RUNNING')
      return execution
    }, 5_000)
  const token = () =>
    vi.waitFor(() => {
      expect(put.length).toBeGreaterThan(0)
      return String(JSON.parse(put.at(-1)?.Detail ?? '{}').token)
    }, 5_000)
  const close = () => {
    states.stop()
    journal.close()
  }
  return { url, client, create, start, ended, token, events, put, states, folder, close }
}
