import { type DescribedSchedule, readSchedules } from '../../aws/signed/schedule-reader.ts'
import { createSignedCalls } from '../../aws/signed/signed-calls.ts'
import type { Check, Finding, Patient } from './check.ts'

const DEPLOY = 'Deploy the stack again.'

export const schedulesAreEnabled: Check = {
  name: 'schedules are there and enabled',
  onlyInAws: true,
  async run(patient) {
    const { target, names } = patient.connection
    const schedules = await readSchedules(createSignedCalls(target), `${names.stackName}-`)
    const invoking = (name: string) =>
      schedules.filter(({ targetArn }) => targetArn.endsWith(`:function:${names.stackName}-${name}`))
    const planned = scheduledWorkflows(patient)
    return [
      ...(invoking('sweep').length === 0
        ? [{ problem: 'No schedule invokes the sweep: what no event tells is not found.', mend: DEPLOY }]
        : []),
      ...(planned.length > 0 && invoking('on-schedule').length === 0
        ? [
            {
              problem: `No schedule starts ${planned.join(', ')}, which have one in their file.`,
              mend: DEPLOY,
            },
          ]
        : []),
      ...schedules.filter(({ isEnabled }) => !isEnabled).map(disabledFinding),
    ]
  },
}

function scheduledWorkflows({ definitions }: Patient): readonly string[] {
  const scheduled = definitions.filter(({ workflow }) =>
    workflow.triggers.some(({ type }) => type === 'schedule'),
  )
  return [...new Set(scheduled.map(({ workflow }) => workflow.name))]
}

function disabledFinding({ name }: DescribedSchedule): Finding {
  return {
    problem: `The schedule ${name} is disabled: it starts nothing.`,
    mend: 'Enable it in the console of EventBridge Scheduler, or deploy the stack again.',
  }
}
