import type { ErrorCode, YAMLParseError } from 'yaml'
import type { Problem } from './problem.ts'

const MOST_SHOWN = 10

const EXPLANATIONS: Readonly<Partial<Record<ErrorCode, readonly [message: string, mend: string]>>> = {
  TAB_AS_INDENT: ['A tab stands where YAML wants an indent.', 'Indent with spaces.'],
  BAD_INDENT: [
    'The indent does not fit what stands around it.',
    'Indent the lines of one block equally, and close every [ and {.',
  ],
  BLOCK_AS_IMPLICIT_KEY: [
    'There is a second `key: value` inside a value.',
    'Put it on a line of its own, or quote the value if the colon belongs to it.',
  ],
  MULTILINE_IMPLICIT_KEY: ['A key goes over several lines.', 'Write each key on one line, with its `:`.'],
  MISSING_CHAR: [
    'A character is missing: a `:`, a comma, a closing quote or bracket.',
    'Add it here or before.',
  ],
  UNEXPECTED_TOKEN: ['This does not belong here.', 'Look at the quotes, brackets and indent before it.'],
  BAD_SCALAR_START: ['A text without quotes cannot begin with this character.', 'Quote the text.'],
  BAD_DQ_ESCAPE: [
    'There is no such escape in double quotes.',
    'Use single quotes, or write the backslash twice.',
  ],
  BAD_ALIAS: ['This alias is not well-formed.', 'Quote the text if the `*` belongs to it.'],
  MULTIPLE_DOCS: ['A second document begins here.', 'Put one workflow into each file.'],
}

/** E101 for what the YAML parser refused: one for each line, and where look-ups lack quotes only those. */
export function syntaxProblems(
  errors: readonly YAMLParseError[],
  text: string,
  lineOf: (offset: number) => number,
): readonly Problem[] {
  const unquoted = errors.filter(error => isUnquotedLookUp(error, text))
  if (unquoted.length > 0)
    return unquoted.slice(0, MOST_SHOWN).map(error => unquotedLookUp(error.pos[0], text))
  const lines = new Map<number, YAMLParseError>()
  for (const error of errors) {
    const line = lineOf(error.pos[0])
    if (!lines.has(line)) lines.set(line, error)
    if (lines.size === MOST_SHOWN) break
  }
  return [...lines.values()].map(explained)
}

/** What the parser says of a mapping that begins behind a text: inside `{ }` the first, inside `[ ]` alone the second. */
const MAPPING_BEHIND_TEXT: ReadonlySet<ErrorCode> = new Set(['UNEXPECTED_TOKEN', 'MISSING_CHAR'])

/** Inside `{ }` and `[ ]` YAML reads the `{` of an unquoted `${` as the begin of a mapping. */
function isUnquotedLookUp(error: YAMLParseError, text: string): boolean {
  const [position] = error.pos
  return MAPPING_BEHIND_TEXT.has(error.code) && text[position] === '{' && text[position - 1] === '$'
}

function unquotedLookUp(position: number, text: string): Problem {
  const rest = /^[^\s,}\]]*\}?/.exec(text.slice(position, position + 100))?.[0] ?? '{'
  return syntaxProblem(
    { start: position - 1, end: position + rest.length },
    'A look-up stands inside `{ }` or `[ ]` without quotes.',
    'Quote look-ups inside { } and [ ], like "${trigger.key}".',
  )
}

function explained(error: YAMLParseError): Problem {
  const [start, end] = error.pos
  const [message, mend] = EXPLANATIONS[error.code] ?? [
    `This is not YAML: ${error.message}.`,
    'Correct it, or quote the text.',
  ]
  return syntaxProblem({ start, end: Math.max(end, start + 1) }, message, mend)
}

export function syntaxProblem(
  file: { readonly start: number; readonly end: number },
  message: string,
  mend: string,
): Problem {
  return { code: 'E101', path: [], at: { file }, message, mend }
}
