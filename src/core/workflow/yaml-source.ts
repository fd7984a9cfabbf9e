import { LineCounter, parseDocument } from 'yaml'
import type { Path, Problem, Span } from './problem.ts'
import { syntaxProblem, syntaxProblems } from './yaml-syntax.ts'
import { type Spot, YamlReader } from './yaml-value.ts'

/** A YAML file, read. */
export interface YamlSource {
  readonly text: string
  /** Undefined when the problems leave nothing to check. */
  readonly value: unknown
  readonly problems: readonly Problem[]
  /** Offsets of what a problem points at. */
  readonly spanOf: (problem: Pick<Problem, 'path' | 'at'>) => Span
}

const MAX_BYTES = 1024 * 1024
const SMALLEST =
  '{ workflow: thumbnails, jobs: { make: { jobDefinition: thumbnails, command: [make], timeout: 1h } } }'

/** Reads YAML 1.2 (core schema, no merge keys, one document). Takes any input, at most 1 MB of it; never throws. */
export function readYaml(input: string | Uint8Array, isText: (path: Path) => boolean): YamlSource {
  const bytes = typeof input === 'string' ? Buffer.byteLength(input) : input.byteLength
  if (bytes > MAX_BYTES)
    return refused('', `The file has ${bytes} bytes, over the 1 MB allowed.`, 'Use arrays, or split it.')
  const text = typeof input === 'string' ? input.replace(/^\ufeff/, '') : decode(input)
  if (text === undefined) return refused('', 'The file is not UTF-8.', 'Save it as UTF-8.')
  try {
    return parse(text, isText)
  } catch (error) {
    // Recorded as the file's fault: the parser recurses, so a deep enough file ends its stack.
    if (error instanceof RangeError) return tooDeep(text)
    return refused(text, `The file could not be read: ${error}.`, 'Simplify it.')
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined // the only way TextDecoder says so; the caller reports it
  }
}

function refused(text: string, message: string, mend: string): YamlSource {
  const at = { file: { start: 0, end: 1 } }
  return source(text, undefined, [{ code: 'E103', path: [], at, message, mend }], nowhere)
}

function tooDeep(text: string): YamlSource {
  return refused(text, 'The file is nested too deeply.', 'Flatten it.')
}

function parse(text: string, isText: (path: Path) => boolean): YamlSource {
  const lines = new LineCounter()
  const lineOf = (offset: number) => lines.linePos(offset).line
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
    uniqueKeys: false, // the parser's own check is quadratic and names one place only
    merge: false,
    version: '1.2',
    schema: 'core',
  })
  if (document.errors.some(error => error.code === 'RESOURCE_EXHAUSTION')) return tooDeep(text)
  if (document.errors.length > 0)
    return source(text, undefined, syntaxProblems(document.errors, text, lineOf), nowhere)
  if (document.directives.yaml.explicit) {
    const problem = syntaxProblem(
      { start: 0, end: 1 },
      'The file begins with a %YAML directive.',
      'Leave it out.',
    )
    return source(text, undefined, [problem], nowhere)
  }
  const reader = new YamlReader({ isText, lineOf })
  const { value, spot } = reader.read(document)
  const empty = value === null || (typeof value === 'object' && Object.keys(value).length === 0)
  if (empty && reader.problems.length === 0) return source(text, undefined, [emptyFile], nowhere)
  const readable = !reader.problems.some(problem => problem.code === 'E103')
  return source(text, readable ? value : undefined, reader.problems, spot)
}

const nowhere: Spot = { value: { start: 0, end: 0 }, inner: new Map() }

const emptyFile: Problem = {
  code: 'E100',
  path: [],
  message: 'The workflow is empty.',
  mend: `The smallest one is \`${SMALLEST}\`.`,
}

function source(text: string, value: unknown, problems: readonly Problem[], spot: Spot): YamlSource {
  return { text, value, problems, spanOf: problem => spanOf(problem, spot, text) }
}

function spanOf({ path, at = 'value' }: Pick<Problem, 'path' | 'at'>, root: Spot, text: string): Span {
  if (typeof at === 'object' && 'file' in at) return at.file
  let spot = root
  for (const segment of path) {
    const inner = spot.inner.get(segment)
    if (!inner) return spot.key ?? { start: spot.value.start, end: spot.value.start + 1 }
    spot = inner
  }
  const whole = spot.value.end > spot.value.start ? spot.value : (spot.key ?? spot.value)
  if (at === 'key') return spot.key ?? whole
  return at === 'value' ? whole : partOf(spot, at.value, text)
}

/** A part of a scalar's text, found again in the file: the same one of its equals. Escaped itself: the whole scalar. */
function partOf({ value, text = '' }: Spot, { start, end }: Span, file: string): Span {
  const part = text.slice(start, end)
  if (part === '') return value
  let found = value.start - 1
  for (let at = text.indexOf(part); at !== -1 && at <= start; at = text.indexOf(part, at + 1)) {
    found = file.indexOf(part, found + 1)
  }
  const inside = found >= value.start && found + part.length <= value.end
  return inside ? { start: found, end: found + part.length } : value
}
