import { LineCounter } from 'yaml'
import type { Diagnostic } from './diagnostic.ts'
import { type Path, type Problem, pathText, type Span } from './problem.ts'
import type { YamlSource } from './yaml-source.ts'

/** Where a diagnostic points, see there. */
export type Place = Pick<Diagnostic, 'line' | 'column'> & { readonly endColumn: number }

/** The problems of a file with their places, in the order of the file. */
export function locateProblems(
  problems: readonly Problem[],
  source: YamlSource,
  file: string,
): readonly Diagnostic[] {
  const placeAt = placer(source.text)
  return problems
    .map(problem => ({ problem, span: source.spanOf(problem) }))
    .sort((one, other) => one.span.start - other.span.start)
    .map(({ problem, span }) => diagnosticOf(problem, placeAt(span), file))
}

/** One problem of a file with its place. */
export function locateProblem(problem: Problem, source: YamlSource, file: string): Diagnostic {
  return diagnosticOf(problem, placer(source.text)(source.spanOf(problem)), file)
}

function diagnosticOf({ code, path, message, mend }: Problem, place: Place, file: string): Diagnostic {
  const severity = code.startsWith('W') ? 'warning' : 'error'
  return { code, severity, file, ...place, path: pathText(path), message, mend }
}

/** The place of one value. */
export function placeOf(path: Path, source: YamlSource): Place {
  return placer(source.text)(source.spanOf({ path }))
}

function placer(text: string): (span: Span) => Place {
  const lines = new LineCounter()
  lines.addNewLine(0)
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1)
  return ({ start, end }) => {
    const { line, col: column } = lines.linePos(Math.min(start, text.length))
    const lineEnd = text.indexOf('\n', start)
    const length = Math.min(end, lineEnd === -1 ? text.length : lineEnd) - start
    return { line, column, endColumn: column + Math.max(1, length) }
  }
}
