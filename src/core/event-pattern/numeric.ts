import { badPattern, type PatternPath, shown } from './bad-pattern.ts'

type Comparison = (value: number, bound: number) => boolean

const LOWER: Readonly<Record<string, Comparison>> = { '>': (a, b) => a > b, '>=': (a, b) => a >= b }
const UPPER: Readonly<Record<string, Comparison>> = { '<': (a, b) => a < b, '<=': (a, b) => a <= b }
const EQUAL: Readonly<Record<string, Comparison>> = { '=': (a, b) => a === b }

/** Compiles `["=", 5]`, `[">", 0]` or `[">", 0, "<=", 5]`: a lower bound, if any, comes first. */
export function compileNumeric(expression: unknown, path: PatternPath): (value: number) => boolean {
  const terms = Array.isArray(expression) ? expression : []
  if (terms.length === 2) return term(terms[0], terms[1], { ...EQUAL, ...LOWER, ...UPPER }, path)
  if (terms.length !== 4) throw badExpression(expression, path)
  const aboveBottom = term(terms[0], terms[1], LOWER, path)
  const belowTop = term(terms[2], terms[3], UPPER, path)
  if (terms[1] >= terms[3]) {
    throw badPattern(
      path,
      `"numeric" from ${terms[1]} to ${terms[3]} holds nothing. Give the lower bound first.`,
    )
  }
  return value => aboveBottom(value) && belowTop(value)
}

function term(
  operator: unknown,
  bound: unknown,
  allowed: Readonly<Record<string, Comparison>>,
  path: PatternPath,
): (value: number) => boolean {
  const known = typeof operator === 'string' && Object.hasOwn(allowed, operator)
  const comparison = known ? allowed[operator] : undefined
  if (comparison === undefined || typeof bound !== 'number') throw badExpression([operator, bound], path)
  return value => comparison(value, bound)
}

function badExpression(expression: unknown, path: PatternPath): Error {
  return badPattern(
    path,
    `"numeric" of ${shown(expression)}. Write ["=", 5], [">", 0] or [">=", 0, "<", 10], lower bound first.`,
  )
}
