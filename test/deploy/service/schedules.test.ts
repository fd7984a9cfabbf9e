import { expect, it } from 'vitest'
import { scheduleResources } from '../../../src/deploy/service/schedules.ts'
import { definitionOf } from '../../core/run/given.ts'

const schedule = {
  ...({ type: 'schedule', overlap: 'skip', parameters: {} } as const),
  ...{ expression: 'cron(0 2 * * ? *)', timezone: 'Europe/Berlin' },
}

it('makes a schedule that names workflow, schedule and the time planned', () => {
  const { workflow } = definitionOf({ a: {} }, { name: 'nightly', triggers: [schedule] })
  const resources = scheduleResources([workflow], 'batchwise-dev-on-schedule')
  const [[id, resource] = []] = Object.entries(resources).filter(([name]) => name !== 'ScheduleRole')
  expect(id).toMatch(/^Nightly\w+Schedule$/)
  expect(resource).toMatchObject({
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      ScheduleExpression: 'cron(0 2 * * ? *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        RoleArn: { 'Fn::GetAtt': ['ScheduleRole', 'Arn'] },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['ScheduleDeadLetters', 'Arn'] } },
      },
    },
  })
  const { Input } = (resource?.Properties?.['Target'] ?? {}) as { Input: string }
  expect(JSON.parse(Input)).toMatchObject({
    workflow: 'nightly',
    scheduledTime: '<aws.scheduler.scheduled-time>',
  })
})

it('makes nothing where no workflow has a schedule', () => {
  expect(scheduleResources([definitionOf({ a: {} }).workflow], 'f')).toEqual({})
})
