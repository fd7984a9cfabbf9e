import { BatchwiseError } from '../errors.ts'
import { didYouMean } from './did-you-mean.ts'
import { shown, shownName } from './escape-text.ts'
import { named } from './named.ts'
import type { ParameterDeclaration } from './workflow.ts'

export type ParameterValue = string | number | boolean

type Declarations = Readonly<Record<string, ParameterDeclaration>>

/**
 * The parameters of a run: what is given, else the defaults. A text given for a number or a boolean is read as one
 * (the command line knows only texts), and the other way round written as a text.
 *
 * @throws {BatchwiseError} E180 for an unknown name, a missing value or one of another type.
 */
export function parameterValues(
  declarations: Declarations,
  given: Readonly<Record<string, ParameterValue>>,
): Readonly<Record<string, ParameterValue>> {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(declarations, name)) throw unknownParameter(name, Object.keys(declarations))
  }
  return named(
    Object.entries(declarations).map(([name, declaration]) => [name, valueFor(name, declaration, given)]),
  )
}

function valueFor(
  name: string,
  declaration: ParameterDeclaration,
  given: Readonly<Record<string, ParameterValue>>,
): ParameterValue {
  const value = Object.hasOwn(given, name) ? given[name] : undefined
  if (value !== undefined) return asType(name, declaration.type, value)
  if (declaration.default !== undefined) return declaration.default
  throw new BatchwiseError(
    'E180',
    `The parameter ${shownName(name)} is missing. Give it a ${declaration.type}.`,
  )
}

function asType(name: string, type: ParameterDeclaration['type'], value: ParameterValue): ParameterValue {
  if (typeof value === type) return value
  if (type === 'string') return String(value)
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true'
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
  if (type === 'number' && Number.isFinite(number)) return number
  throw new BatchwiseError('E180', `The parameter ${shownName(name)} is ${shown(value)}. Give it a ${type}.`)
}

function unknownParameter(name: string, known: readonly string[]): BatchwiseError {
  const meant = didYouMean(name, known)
  const list = known.length > 0 ? `The parameters are ${known.map(shownName).join(', ')}.` : 'It has none.'
  const mend = meant ? `Did you mean ${shownName(meant)}?` : list
  return new BatchwiseError('E180', `The workflow has no parameter ${shownName(name)}. ${mend}`)
}
