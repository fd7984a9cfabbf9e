import { join, relative } from 'node:path'
import { BatchwiseError } from '../core/errors.ts'
import { stackNameOf } from '../core/stack-name.ts'
import type { Workflow } from '../core/workflow/workflow.ts'
import { functionResources } from './function-resources.ts'
import { type PackagedFunction, packageFunctions } from './package-functions.ts'
import { guardSchedules } from './schedules.ts'
import type { Serverless } from './serverless.ts'
import { readDeploySettings } from './settings.ts'
import { outputsOf, type Stack, type StackInput, stackOf } from './stack.ts'
import { checkSize, merged } from './template/cloudformation.ts'
import { placeholders, type StackNames, withStackNames } from './template/stack-names.ts'
import { readWorkflowFiles } from './workflow-files.ts'

/**
 * The plugin of the Serverless Framework that makes the rest of the stack: one bundle and one role for each function, and
 * from `workflows/*.yaml` the rules, job definitions and permissions. It works offline and without credentials.
 */
export default class BatchwisePlugin {
  readonly hooks: Readonly<Record<string, () => Promise<void> | void>>
  readonly #serverless: Serverless

  constructor(serverless: Serverless) {
    this.#serverless = serverless
    this.hooks = {
      'after:package:initialize': () => this.#make(),
      'before:package:function:package': () => this.#make(),
      'after:package:compileEvents': () => guardSchedules(serverless),
      'after:remove:remove': () => this.#sayWhatStays(),
    }
  }

  async #make(): Promise<void> {
    try {
      const input = this.#stackInput()
      const workflows = this.#workflows(stackOf(input).names)
      const stack = stackOf({ ...input, workflows })
      this.#addStack(input, workflows, stack, await this.#package(workflows))
    } catch (error) {
      // The Serverless Framework prints its own errors as they are, and others with a stack trace.
      if (error instanceof BatchwiseError) throw new this.#serverless.classes.Error(error.message, error.code)
      throw error
    }
  }

  #stackInput(): StackInput {
    const { service } = this.#serverless
    const { stack = {}, deploy } = service.custom?.batchwise ?? {}
    const stage = this.#serverless.getProvider('aws').getStage()
    const written = Object.entries(service.resources?.Resources ?? {})
    return {
      stackName: stackNameOf(stage),
      stage,
      settings: readDeploySettings(deploy),
      ownNames: stack,
      workflows: [],
      queues: written.filter(([, { Type }]) => Type === 'AWS::SQS::Queue').map(([id]) => id),
    }
  }

  #workflows(names: StackNames): readonly Workflow[] {
    const { serviceDir } = this.#serverless
    const folder = relative(process.cwd(), join(serviceDir, 'workflows')) || '.'
    const files = readWorkflowFiles([folder], Object.keys(names), process.stderr.hasColors?.() ?? false)
    if (files.hasErrors) throw new BatchwiseError('E_WORKFLOW_FILES', files.text)
    if (files.text !== '') process.stderr.write(`${files.text}\n`)
    return files.workflows
  }

  #package(workflows: readonly Workflow[]): Promise<readonly PackagedFunction[]> {
    const { service, serviceDir } = this.#serverless
    const sources = Object.entries(service.functions).map(([name, { handler }]) => ({ name, handler }))
    return packageFunctions(serviceDir, '.serverless', sources, workflows)
  }

  #addStack(
    input: StackInput,
    workflows: readonly Workflow[],
    stack: Stack,
    packaged: readonly PackagedFunction[],
  ): void {
    const { service } = this.#serverless
    const { stackName } = input
    const ofFunctions = functionResources({
      service,
      stackName,
      stack,
      workflows,
      packaged,
      queues: input.queues,
      alarms: input.settings.alarms,
    })
    service.provider.environment['BATCHWISE_STACK'] = withStackNames(
      JSON.stringify(placeholders(stack.names)),
      stack.names,
    )
    service.provider.environment['BATCHWISE_LOG_GROUP'] = stack.logGroup
    service.resources ??= {}
    const resources = merged(service.resources.Resources ?? {}, stack.resources, ofFunctions)
    checkSize(resources)
    service.resources.Resources = resources
    service.resources.Outputs = { ...service.resources.Outputs, ...outputsOf(stack) }
  }

  #sayWhatStays(): void {
    process.stderr.write(
      'Kept, for they hold data: the table of runs, the buckets, the image repository, the job definitions. ' +
        'docs/deploy.md, "Removing the stack", says how to delete them.\n',
    )
  }
}
