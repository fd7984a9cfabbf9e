import { patientBatchClient } from '../../aws/batch-clients.ts'
import { createDefinitionReader } from '../../aws/definition-reader.ts'
import { codeArguments } from '../../core/workflow/interpreter.ts'
import type { Check, Patient } from './check.ts'

/** Commands of definitions made elsewhere are seen by nobody else: E142 checks only what stands in workflow files. */
export const noParameterBecomesCode: Check = {
  name: 'no existing job definition puts parameters into code',
  async run(patient) {
    const reader = createDefinitionReader(patientBatchClient(patient.connection.target))
    const definitions = await Promise.all(namesInUse(patient).map(name => reader.latest(name)))
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

function namesInUse({ definitions }: Patient): readonly string[] {
  const names = definitions.flatMap(({ workflow }) =>
    Object.values(workflow.jobs).flatMap(({ container }) =>
      container.type === 'existing' && !container.jobDefinition.includes('${')
        ? [container.jobDefinition]
        : [],
    ),
  )
  return [...new Set(names)]
}
