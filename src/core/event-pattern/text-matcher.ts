import { badPattern, type PatternPath, shown } from './bad-pattern.ts'
import { compileWildcard } from './wildcard.ts'

export type TextMatcher = (text: string) => boolean

/** Compiles what `{"prefix": ...}`, `{"suffix": ...}`, `{"equals-ignore-case": ...}` or `{"wildcard": ...}` hold. */
export type TextOperator = (operand: unknown, path: PatternPath) => TextMatcher

/** The operators on texts that may stand alone and inside `anything-but`. */
export const TEXT_OPERATORS: Readonly<Record<string, TextOperator>> = {
  prefix: (operand, path) => compileAffix(operand, path, (text, affix) => text.startsWith(affix)),
  suffix: (operand, path) => compileAffix(operand, path, (text, affix) => text.endsWith(affix)),
  'equals-ignore-case': compileEqualsIgnoringCase,
  wildcard: (operand, path) => compileWildcard(requireText(operand, path), path),
}

function compileAffix(
  operand: unknown,
  path: PatternPath,
  holds: (text: string, affix: string) => boolean,
): TextMatcher {
  if (typeof operand !== 'object' || operand === null) {
    const affix = requireText(operand, path)
    return text => holds(text, affix)
  }
  const [[operator, inner] = ['', undefined], ...others] = Object.entries(operand)
  if (operator !== 'equals-ignore-case' || others.length > 0) {
    throw badPattern(path, `${shown(operand)}. Write a text, or {"equals-ignore-case": "text"}.`)
  }
  const affix = fold(requireText(inner, path))
  return text => holds(fold(text), affix)
}

function compileEqualsIgnoringCase(operand: unknown, path: PatternPath): TextMatcher {
  const wanted = fold(requireText(operand, path))
  return text => fold(text) === wanted
}

function requireText(operand: unknown, path: PatternPath): string {
  if (typeof operand === 'string') return operand
  throw badPattern(path, `${shown(operand)} is not a text. This operator compares texts only.`)
}

/** Character by character: `toLowerCase` of a whole text makes a Greek sigma depend on its neighbours. */
function fold(text: string): string {
  let folded = ''
  for (const character of text) folded += character.toLowerCase()
  return folded
}
