import { randomUUID } from 'node:crypto'
import type { Face } from '../wire/face.ts'
import { jsonFace } from '../wire/json-target.ts'
import { executionOperations } from './execution-operations.ts'
import { Executions, type ExecutionsOptions } from './executions.ts'
import { machineOperations } from './machine-operations.ts'
import { checkDefinition, type MachineRecord, Machines } from './machines.ts'
import { taskOperations } from './task-operations.ts'

export interface StepFunctions {
  readonly face: Face
  /**
   * Takes a state machine from a file, in the place of one that is kept under its name.
   *
   * @returns why it is refused; undefined when it was taken
   */
  define(name: string, definition: string): Promise<string | undefined>
  /** How many executions run now: a stop ends them. */
  running(): number
  /** Tells of the executions that the last stop has ended. Call it when the rules are loaded. */
  start(): void
  stop(): void
}

type MachineEntry = { readonly put: MachineRecord } | { readonly removed: string }

/**
 * Step Functions on this machine: standard state machines with JSONPath, run by aws-local-stepfunctions.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/Welcome.html
 */
export function createStepFunctions(options: ExecutionsOptions): StepFunctions {
  const machines = new Machines(options.identity)
  const executions = new Executions(options)
  const append = options.journal.topic<MachineEntry>('state-machines', {
    restore: entry => ('put' in entry ? machines.put(entry.put) : machines.remove(entry.removed)),
    snapshot: () => machines.records.filter(({ isFile }) => !isFile).map(put => ({ put })),
  })
  const put = (record: MachineRecord) => {
    machines.put(record)
    append({ put: record })
  }
  const remove = (name: string) => {
    machines.remove(name)
    append({ removed: name })
  }
  const face = jsonFace('AWSStepFunctions', {
    ...machineOperations({ machines, now: options.now, put, remove }),
    ...executionOperations({ machines, executions, newName: () => randomUUID() }),
    ...taskOperations(executions.tokens),
  })
  return {
    face: async (request, response) => {
      await face(request, response)
      options.journal.flush()
    },
    async define(name, definition) {
      try {
        await checkDefinition(definition)
        machines.put({ name, definition, createdAt: options.now(), isFile: true })
        return undefined
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error)
        machines.refuse(name, why)
        return why
      }
    },
    running: () => executions.running,
    start: () => executions.abortOrphans(),
    stop: () => executions.close(),
  }
}
