import { compileAnythingBut } from './anything-but.ts'
import { badPattern, type PatternPath, shown } from './bad-pattern.ts'
import { compileCidr } from './cidr.ts'
import type { LeafMatcher } from './leaf-value.ts'
import { compileNumeric } from './numeric.ts'
import { TEXT_OPERATORS, type TextMatcher } from './text-matcher.ts'

/** The list at one field of a pattern: one of its entries must hold. */
export interface Leaf {
  readonly type: 'leaf'
  readonly matchers: readonly LeafMatcher[]
  /** `{"exists": false}` is among the entries. */
  readonly mayBeAbsent: boolean
}

/** Compiles the list at one field. @throws BatchwiseError E_EVENT_PATTERN */
export function compileLeaf(list: readonly unknown[], path: PatternPath): Leaf {
  if (list.length === 0) throw badPattern(path, 'an empty list matches nothing. List at least one value.')
  const mayBeAbsent = list.some(entry => isExists(entry, false))
  const matchers = list.filter(entry => !isExists(entry, false)).map(entry => compileEntry(entry, path))
  return { type: 'leaf', matchers, mayBeAbsent }
}

function isExists(entry: unknown, wanted: boolean): boolean {
  if (typeof entry !== 'object' || entry === null) return false
  return 'exists' in entry && entry.exists === wanted && Object.keys(entry).length === 1
}

function compileEntry(entry: unknown, path: PatternPath): LeafMatcher {
  if (Array.isArray(entry))
    throw badPattern(path, `a list inside a list, ${shown(entry)}. List plain values.`)
  if (typeof entry !== 'object' || entry === null) return value => value === entry
  const [[operator, operand] = ['', undefined], ...others] = Object.entries(entry)
  if (others.length > 0) {
    throw badPattern(path, `${shown(entry)} has more than one operator. Give each an entry of its own.`)
  }
  return compileOperator(operator, operand, path)
}

function compileOperator(operator: string, operand: unknown, path: PatternPath): LeafMatcher {
  switch (operator) {
    case 'exists':
      if (operand === true) return () => true
      throw badPattern(path, `"exists" of ${shown(operand)}. Write true or false.`)
    case 'numeric': {
      const matches = compileNumeric(operand, path)
      return value => typeof value === 'number' && matches(value)
    }
    case 'cidr':
      return onTexts(compileCidr(operand, path))
    case 'anything-but':
      return compileAnythingBut(operand, path)
    default: {
      const compile = Object.hasOwn(TEXT_OPERATORS, operator) ? TEXT_OPERATORS[operator] : undefined
      if (compile === undefined) throw unknownOperator(operator, path)
      return onTexts(compile(operand, path))
    }
  }
}

function onTexts(matches: TextMatcher): LeafMatcher {
  return value => typeof value === 'string' && matches(value)
}

function unknownOperator(operator: string, path: PatternPath): Error {
  const known = [...Object.keys(TEXT_OPERATORS), 'anything-but', 'numeric', 'exists', 'cidr'].join(', ')
  return badPattern(path, `there is no operator ${shown(operator)}. Use one of ${known}.`)
}
