import { AwsError } from '../wire/aws-error.ts'
import type { Now } from '../wire/face.ts'
import type { JsonOperation } from '../wire/json-target.ts'
import { checkDefinition, checkedName, type MachineRecord, type Machines, machineName } from './machines.ts'
import { pageOf } from './page.ts'

export interface MachineOperationsOptions {
  readonly machines: Machines
  readonly now: Now
  readonly put: (record: MachineRecord) => void
  readonly remove: (name: string) => void
}

export function machineOperations(
  options: MachineOperationsOptions,
): Readonly<Record<string, JsonOperation>> {
  const { machines, now, put, remove } = options
  return {
    async CreateStateMachine({ name: asked, definition, type }) {
      const name = checkedName(asked)
      if (type !== undefined && type !== 'STANDARD') throw noExpress()
      const text = String(definition)
      await checkDefinition(text)
      const known = machines.named(name)
      if (known !== undefined && known.definition !== text) {
        throw new AwsError(
          'StateMachineAlreadyExists',
          `State Machine Already Exists: '${machines.arnOf(name)}'`,
        )
      }
      const record = known ?? { name, definition: text, createdAt: now() }
      if (known === undefined) put(record)
      return { stateMachineArn: machines.arnOf(name), creationDate: record.createdAt / 1000 }
    },
    async UpdateStateMachine({ stateMachineArn, definition }) {
      const { name, createdAt } = machines.at(stateMachineArn)
      await checkDefinition(String(definition))
      put({ name, createdAt, definition: String(definition) })
      return { updateDate: now() / 1000 }
    },
    DescribeStateMachine({ stateMachineArn }) {
      const { name, createdAt } = machines.at(stateMachineArn)
      const definition = machines.named(name)?.definition
      return {
        ...summary(machines.arnOf(name), name, createdAt),
        status: 'ACTIVE',
        definition,
        roleArn: ROLE,
      }
    },
    DeleteStateMachine({ stateMachineArn }) {
      remove(machineName(stateMachineArn))
    },
    ListStateMachines(input) {
      const all = machines.records.toSorted((a, b) => (a.name < b.name ? -1 : 1))
      const { items, nextToken } = pageOf(all, input)
      const stateMachines = items.map(({ name, createdAt }) => summary(machines.arnOf(name), name, createdAt))
      return { stateMachines, ...(nextToken !== undefined && { nextToken }) }
    },
  }
}

/** Local mode asks for no permission. */
const ROLE = 'arn:aws:iam::000000000000:role/local'

function summary(stateMachineArn: string, name: string, createdAt: number) {
  return { stateMachineArn, name, type: 'STANDARD', creationDate: createdAt / 1000 }
}

function noExpress(): AwsError {
  return new AwsError('ValidationException', 'Local mode has standard state machines only.')
}
