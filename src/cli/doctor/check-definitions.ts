import { patientBatchClient } from '../../aws/batch-clients.ts'
import { createDefinitionReader, type DescribedDefinition } from '../../aws/definition-reader.ts'
import { isImagePresent } from '../../aws/signed/image-reader.ts'
import { isRolePresent } from '../../aws/signed/role-reader.ts'
import { createSignedCalls } from '../../aws/signed/signed-calls.ts'
import { codeArguments } from '../../core/workflow/interpreter.ts'
import type { Check, Finding, Patient } from './check.ts'

export const definitionsAreRegistered: Check = {
  name: 'job definitions are registered',
  async run(patient) {
    const found = await registered(patient, namesInUse(patient))
    return [...found]
      .filter(([, definition]) => definition === undefined)
      .map(([name]) => ({
        problem: `The job definition ${name}, which workflows use, is not registered: its jobs cannot be submitted.`,
        mend: 'Deploy the stack again, or register it.',
      }))
  },
}

export const imagesAndRolesAreThere: Check = {
  name: 'images and roles of job definitions are there',
  onlyInAws: true,
  async run(patient) {
    const definitions = [...(await registered(patient, namesInUse(patient))).values()].filter(
      definition => definition !== undefined,
    )
    const send = createSignedCalls(patient.connection.target)
    const images = unique(definitions.flatMap(({ image }) => image ?? []))
    const roles = unique(definitions.flatMap(definition => definition.roles))
    const findings = await Promise.all([
      ...images.map(async image => ((await isImagePresent(send, image)) === false ? [noImage(image)] : [])),
      ...roles.map(async role => ((await isRolePresent(send, role)) ? [] : [noRole(role)])),
    ])
    return findings.flat()
  },
}

function noImage(image: string): Finding {
  return {
    problem: `The image ${image} is not in its repository: its jobs end with CannotPullContainerError.`,
    mend: 'Push it; docs/deploy.md, "From nothing to a first run", has the commands.',
  }
}

function noRole(role: string): Finding {
  return {
    problem: `The role ${role} is not there: jobs that need it cannot start.`,
    mend: 'Make it, name another under `jobRole` or `executionRole`, or deploy the stack again.',
  }
}

/** Commands of definitions made elsewhere are seen by nobody else: E142 checks only what stands in workflow files. */
export const noParameterBecomesCode: Check = {
  name: 'no existing job definition puts parameters into code',
  async run(patient) {
    const definitions = [...(await registered(patient, existingNames(patient))).values()]
    return definitions.flatMap(definition => {
      if (definition === undefined) return []
      const code = codeArguments(definition.command)
      const unsafe = definition.command.filter(
        (argument, index) => code.has(index) && argument.includes('Ref::'),
      )
      return unsafe.map(argument => ({
        problem: `The job definition ${definition.name} puts a parameter into code: ${argument.slice(0, 80)}`,
        mend: 'Whoever names a file could run commands there: pass it as an argument of its own, or read it from the environment.',
      }))
    })
  },
}

async function registered(
  { connection }: Patient,
  names: readonly string[],
): Promise<ReadonlyMap<string, DescribedDefinition | undefined>> {
  const reader = createDefinitionReader(patientBatchClient(connection.target))
  return new Map(await Promise.all(names.map(async name => [name, await reader.latest(name)] as const)))
}

/** Of the newest definition of each workflow: what older runs followed need not be there any more. */
function namesInUse({ definitions }: Patient): readonly string[] {
  const newest = definitions.filter(
    ({ workflow }, index) => definitions.findIndex(other => other.workflow.name === workflow.name) === index,
  )
  return unique([
    ...newest.flatMap(({ jobDefinitions }) => Object.values(jobDefinitions)),
    ...existingNames({ definitions: newest }),
  ])
}

function existingNames({ definitions }: Pick<Patient, 'definitions'>): readonly string[] {
  const names = definitions.flatMap(({ workflow }) =>
    Object.values(workflow.jobs).flatMap(({ container }) =>
      container.type === 'existing' && !container.jobDefinition.includes('${')
        ? [container.jobDefinition]
        : [],
    ),
  )
  return unique(names)
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}
