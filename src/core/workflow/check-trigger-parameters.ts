import { BatchwiseError } from '../errors.ts'
import type { Draft } from './draft.ts'
import { shownName } from './escape-text.ts'
import { lookUpsOf } from './look-up.ts'
import { parameterValues } from './parameter-values.ts'
import type { Problem } from './problem.ts'

/** E180: values that triggers give for parameters, and required parameters that a trigger does not give. */
export function* checkTriggerParameters({ file }: Draft): Generator<Problem> {
  const declared = Object.entries(file.parameters ?? {})
  const required = declared
    .filter(([, declaration]) => declaration.default === undefined)
    .map(([name]) => name)
  const told = new Set<string>()
  for (const [index, trigger] of (file.triggers ?? []).entries()) {
    const [[kind, settings] = []] = Object.entries(trigger)
    const given = settings !== undefined && 'parameters' in settings ? (settings.parameters ?? {}) : {}
    for (const [name, value] of Object.entries(given)) {
      const fault = valueFault(file.parameters ?? {}, name, value)
      if (fault) yield { code: 'E180', path: ['triggers', index, kind ?? '', 'parameters', name], ...fault }
    }
    for (const name of required.filter(name => !Object.hasOwn(given, name) && !told.has(name))) {
      told.add(name)
      const fromObject = kind === 'object'
      const who = fromObject
        ? 'an object that starts a run gives no parameters'
        : `triggers[${index}] gives no value`
      const message = `${shownName(name)} is required, and ${who}.`
      const mend = fromObject
        ? 'Give it a `default`.'
        : 'Give it a `default`, or a value under `parameters` of the trigger.'
      yield { code: 'E180', path: ['parameters', name], at: 'key', message, mend }
    }
  }
}

type Declarations = NonNullable<Draft['file']['parameters']>

/** What a look-up gives is known only when the run starts. */
function valueFault(
  declarations: Declarations,
  name: string,
  value: string | number | boolean,
): Pick<Problem, 'message' | 'mend'> | undefined {
  const declaration = Object.hasOwn(declarations, name) ? declarations[name] : undefined
  if (declaration && typeof value === 'string' && lookUpsOf(value).length > 0) return undefined
  const only = declaration ? { [name]: { type: declaration.type } } : withoutDefaults(declarations)
  try {
    parameterValues(only, { [name]: value })
    return undefined
  } catch (error) {
    if (!(error instanceof BatchwiseError)) throw error
    const [, message = error.message, mend = ''] = /^(.*?\.) (.*)$/s.exec(error.message) ?? []
    return { message, mend }
  }
}

function withoutDefaults(declarations: Declarations): Readonly<Record<string, { readonly type: 'string' }>> {
  return Object.fromEntries(Object.keys(declarations).map(name => [name, { type: 'string' as const }]))
}
