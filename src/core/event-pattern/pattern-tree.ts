import { badPattern, type PatternPath, shown } from './bad-pattern.ts'
import { compileLeaf, type Leaf } from './leaf-matcher.ts'

/** One alternative of a pattern: no `$or` in it any more, all its fields must hold. */
export interface Branch {
  readonly type: 'branch'
  readonly fields: ReadonlyMap<string, Branch | Leaf>
}

const MOST_ALTERNATIVES = 1000

/** Multiplies the `$or`s of a pattern out. @throws BatchwiseError E_EVENT_PATTERN */
export function alternativesOf(pattern: unknown, path: PatternPath = []): readonly Branch[] {
  if (typeof pattern !== 'object' || pattern === null || Array.isArray(pattern)) {
    throw badPattern(path, `${shown(pattern)} is not an object. Write {"source": ["aws.s3"]}, for example.`)
  }
  const fields = Object.entries(pattern)
  if (fields.length === 0)
    throw badPattern(path, 'an empty object. Name at least one field, or leave it out.')
  return fields.reduce<readonly Branch[]>(
    (alternatives, [name, value]) => multiply(alternatives, alternativesOfField(name, value, path), path),
    [{ type: 'branch', fields: new Map() }],
  )
}

function alternativesOfField(name: string, value: unknown, path: PatternPath): readonly Branch[] {
  if (name === '$or') return alternativesOfOr(value, path)
  const place = [...path, name]
  if (Array.isArray(value)) return [branch(name, compileLeaf(value, place))]
  if (typeof value === 'object' && value !== null) {
    return alternativesOf(value, place).map(inner => branch(name, inner))
  }
  throw badPattern(place, `${shown(value)} is not in a list. Write [${shown(value)}].`)
}

function alternativesOfOr(value: unknown, path: PatternPath): readonly Branch[] {
  const place = [...path, '$or']
  if (!Array.isArray(value) || value.length < 2) {
    throw badPattern(place, 'it takes a list of two objects or more. With one, leave "$or" out.')
  }
  return value.flatMap(each => alternativesOf(each, place))
}

function branch(name: string, node: Branch | Leaf): Branch {
  return { type: 'branch', fields: new Map([[name, node]]) }
}

function multiply(left: readonly Branch[], right: readonly Branch[], path: PatternPath): readonly Branch[] {
  if (left.length * right.length > MOST_ALTERNATIVES) {
    throw badPattern(
      path,
      `its "$or"s make more than ${MOST_ALTERNATIVES} combinations. Use fewer, or more rules.`,
    )
  }
  return left.flatMap(each => right.map(other => merge(each, other, path)))
}

/** Fields of one alternative may come from beside `$or` and from inside it, and must hold in the same elements. */
function merge(left: Branch, right: Branch, path: PatternPath): Branch {
  const fields = new Map(left.fields)
  for (const [name, node] of right.fields) {
    const present = fields.get(name)
    if (present === undefined) fields.set(name, node)
    else if (present.type === 'branch' && node.type === 'branch') {
      fields.set(name, merge(present, node, [...path, name]))
    } else throw badPattern([...path, name], 'it is given both beside "$or" and inside it. Keep one of them.')
  }
  return { type: 'branch', fields }
}
