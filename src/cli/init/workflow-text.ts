/** What a first workflow file is made of. */
export interface FirstWorkflow {
  readonly name: string
  readonly key: string
  readonly container: { readonly type: 'image' | 'jobDefinition'; readonly value: string }
}

/** Read by editors with a YAML language server: completion, and errors while typing. */
const MODELINE = '# yaml-language-server: $schema=../workflow.schema.json'

/** The text of a workflow of one job. Names and patterns are quoted as YAML needs it. */
export function workflowText({ name, key, container }: FirstWorkflow): string {
  const job =
    container.type === 'image'
      ? `    image: ${quoted(container.value)}
    command: [echo, "\${trigger.uri}"]
    vcpu: 0.25
    memory: 512MiB
    timeout: 10m`
      : `    jobDefinition: ${quoted(container.value)}
    timeout: 10m`
  return `${MODELINE}
workflow: ${quoted(name)}
triggers:
  # Each {name} in the key is one part of it and becomes \${trigger.name}.
  - object: { bucket: "\${stack.inputBucket}", key: ${quoted(key)} }
jobs:
  first:
${job}
    # Again only when the machine was at fault.
    retry: { attempts: 3, on: [spot, imagePull] }
`
}

/** JSON's strings are YAML's. */
function quoted(text: string): string {
  return JSON.stringify(text)
}
