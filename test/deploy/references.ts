import type { Template } from './packaged-stack.ts'

/** What CloudFormation knows without being told. */
const PSEUDO = new Set([
  'AWS::AccountId',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackName',
  'AWS::StackId',
  'AWS::URLSuffix',
])

/** References to resources that are not in the template, each with where it stands. */
export function danglingReferences(template: Template): readonly string[] {
  const known = (name: string) => PSEUDO.has(name) || Object.hasOwn(template.Resources, name)
  return referencesIn(template, '').flatMap(({ path, name }) => (known(name) ? [] : [`${path}: ${name}`]))
}

interface Reference {
  readonly path: string
  readonly name: string
}

function referencesIn(value: unknown, path: string): readonly Reference[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [
    ...namesIn(key, inner).map(name => ({ path, name })),
    ...referencesIn(inner, `${path}/${key}`),
  ])
}

function namesIn(key: string, value: unknown): readonly string[] {
  switch (key) {
    case 'Ref':
    case 'DependsOn':
      return [value].flat().filter(name => typeof name === 'string')
    case 'Fn::GetAtt':
      return [String(Array.isArray(value) ? value[0] : value).split('.')[0] ?? '']
    case 'Fn::Sub': {
      const [text, variables = {}] = Array.isArray(value) ? value : [value]
      const names = [...String(text).matchAll(/\$\{([^!}][^}]*)\}/g)].map(
        ([, name = '']) => name.split('.')[0] ?? '',
      )
      return names.filter(name => !Object.hasOwn(variables, name))
    }
    default:
      return []
  }
}
