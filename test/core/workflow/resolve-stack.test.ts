import { expect, it } from 'vitest'
import { render } from '../../../src/core/workflow/look-up.ts'
import { readWorkflow } from '../../../src/core/workflow/read-workflow.ts'
import { resolveStack } from '../../../src/core/workflow/resolve-stack.ts'
import type { Workflow } from '../../../src/core/workflow/workflow.ts'

const text = `
workflow: w
tags: { stage: "\${stack.stage}" }
triggers: [{ object: { bucket: "\${stack.inputBucket}", key: "{x}" } }]
defaults: { timeout: 60 }
jobs:
  a:
    image: \${stack.repository}:etl
    command: [run, "\${stack.stage}/\${trigger.uri}", "$\${stack.stage}"]
    vcpu: 1
    memory: 2GiB
    executionRole: \${stack.role}
    environment: { E: "\${stack.evil}" }
    containerProperties: { volumes: [{ name: "\${stack.stage}", host: null }], privileged: false }
  b:
    jobDefinition: \${stack.stage}-x
    jobQueue: \${stack.queue}
    parameters: { p: "\${stack.stage}" }
    array: { items: ["\${stack.stage}", b] }
    shareIdentifier: \${stack.stage}
`
const stack = {
  stage: 'dev',
  inputBucket: 'in',
  repository: 'repo',
  jobRole: 'arn:role',
  role: 'arn:execution',
  queue: 'q',
  defaultQueue: 'default',
  evil: '${trigger.key}',
}

const workflow = (): Workflow => {
  const read = readWorkflow(text, 'w.yaml', { stackNames: Object.keys(stack) })
  if (!read.workflow) throw new Error(JSON.stringify(read.diagnostics))
  return read.workflow
}

it('replaces the look-ups of the stack everywhere, and no other', () => {
  expect(resolveStack(workflow(), stack)).toMatchObject({
    tags: { stage: 'dev' },
    triggers: [{ bucket: 'in', key: '{x}' }],
    jobs: {
      a: {
        container: {
          image: 'repo:etl',
          jobRole: 'arn:role',
          executionRole: 'arn:execution',
          containerProperties: { volumes: [{ name: 'dev', host: null }], privileged: false },
        },
        jobQueue: 'default',
        command: ['run', 'dev/${trigger.uri}', '$${stack.stage}'],
        tags: { stage: 'dev' },
      },
      b: {
        container: { jobDefinition: 'dev-x' },
        jobQueue: 'q',
        parameters: { p: 'dev' },
        array: { items: ['dev', 'b'] },
        shareIdentifier: 'dev',
      },
    },
  })
})

it('never lets a value of the stack become a look-up', () => {
  const value = resolveStack(workflow(), stack).jobs['a']?.environment['E'] ?? ''
  expect(render(value, { trigger: { key: 'x' } })).toBe('${trigger.key}')
})

it('E143 refuses a name the stack does not have', () => {
  expect(() => resolveStack(workflow(), { ...stack, queue: undefined } as never)).toThrow('stack.queue')
})
