import type { Draft } from './draft.ts'
import { shown, shownName } from './escape-text.ts'
import type { Problem } from './problem.ts'

/** E180: declarations of parameters. */
export function* checkParameters({ file }: Draft): Generator<Problem> {
  for (const [name, { type, default: value }] of Object.entries(file.parameters ?? {})) {
    const path = ['parameters', name]
    if (value !== undefined && typeof value !== type) {
      const message = `The default ${shown(value)} of ${shownName(name)} is a ${typeof value}, not a ${type}.`
      const mend = type === 'string' ? 'Quote it, or change the type.' : 'Change the default or the type.'
      yield { code: 'E180', path: [...path, 'default'], message, mend }
    }
  }
}
