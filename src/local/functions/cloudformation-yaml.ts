import {
  type Document,
  isNode,
  LineCounter,
  Pair,
  parseDocument,
  type Tags,
  YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { BatchwiseError } from '../../core/errors.ts'
import { Located, type YamlPath } from './located.ts'

/** Intrinsic functions whose long form is `Fn::NAME`. */
const FUNCTIONS = [
  ...['Sub', 'Join', 'Select', 'Split', 'If', 'Equals', 'And', 'Or', 'Not', 'Base64', 'Cidr', 'FindInMap'],
  ...['GetAZs', 'ImportValue', 'Transform', 'Length', 'ToJsonString'],
]

/**
 * Reads YAML with CloudFormation's short tags, each turned into its long form: `!Ref X` is `{ Ref: X }`.
 * @throws BatchwiseError E_SERVERLESS_FILE for YAML that is broken and for unknown tags, with line and column
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function readCloudFormationYaml(text: string, file: string): Located {
  const lineCounter = new LineCounter()
  const options = { lineCounter, customTags: shortTags(), merge: true, prettyErrors: false }
  const document = parseDocument(text, options)
  const refuseAt = (offset: number, problem: string, cause?: unknown) => {
    const { line, col } = lineCounter.linePos(offset)
    return new BatchwiseError('E_SERVERLESS_FILE', `${file}:${line}:${col}  ${problem}`, { cause })
  }
  const [error] = document.errors
  if (error !== undefined) throw refuseAt(error.pos[0], `${error.message}. Mend the YAML here.`, error)
  const [warning] = document.warnings
  if (warning !== undefined) throw refuseAt(warning.pos[0], unknownTag(warning.message), warning)
  const refuse = (path: YamlPath, problem: string) =>
    refuseAt(offsetOf(document, path), `${path.join('.') || 'the file'}: ${problem}`)
  return new Located(plainValue(document, refuse), [], refuse)
}

function unknownTag(message: string): string {
  const known = ['!Ref', '!GetAtt', '!Condition', ...FUNCTIONS.map(name => `!${name}`)]
  return `${message}. Use one of CloudFormation's: ${known.join(' ')}.`
}

function plainValue(
  document: Document,
  refuse: (path: YamlPath, problem: string) => BatchwiseError,
): unknown {
  try {
    return document.toJS()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw Object.assign(refuse([], `${reason}. Write out what the aliases stand for.`), { cause })
  }
}

/** Where the innermost part of the path that exists begins. */
function offsetOf(document: Document, path: YamlPath): number {
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return 0
}

function shortTags(): Tags {
  const long = (name: string) => (name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`)
  return ['Ref', 'Condition', 'GetAtt', ...FUNCTIONS].flatMap(name => {
    const tag = `!${name}`
    const collected = (value: YAMLMap | YAMLSeq) => {
      const map = new YAMLMap()
      map.items.push(new Pair(long(name), value))
      map.range = value.range ?? null
      return map
    }
    return [
      {
        tag,
        resolve: (value: string) => ({ [long(name)]: name === 'GetAtt' ? attributePath(value) : value }),
      },
      { tag, collection: 'seq' as const, resolve: (value: YAMLMap | YAMLSeq) => collected(value) },
      { tag, collection: 'map' as const, resolve: (value: YAMLMap | YAMLSeq) => collected(value) },
    ]
  })
}

/** `Queue.Arn` names a resource and, after the first dot, its attribute. */
function attributePath(value: string): readonly string[] {
  const dot = value.indexOf('.')
  return dot < 0 ? [value] : [value.slice(0, dot), value.slice(dot + 1)]
}
