import { clientException } from '../wire/wire-error.ts'

const WHOLE = /^Ref::(.+)$/s

/**
 * Fills the `Ref::name` placeholders of a command. An argument that is a placeholder as a whole takes its name to the
 * end; inside a longer argument the longest known name is taken that ends where a word ends. Values are put in as
 * they are: no quoting, no second look for placeholders.
 *
 * @throws ClientException for a placeholder without a value
 * @see https://docs.aws.amazon.com/batch/latest/userguide/job_definition_parameters.html#parameters
 */
export function fillPlaceholders(
  command: readonly string[],
  parameters: Readonly<Record<string, string>>,
): readonly string[] {
  const names = Object.keys(parameters).sort((a, b) => b.length - a.length)
  return command.map(argument => fill(argument, names, parameters))
}

function fill(
  argument: string,
  names: readonly string[],
  parameters: Readonly<Record<string, string>>,
): string {
  const whole = WHOLE.exec(argument)?.[1]
  if (whole !== undefined && Object.hasOwn(parameters, whole)) return parameters[whole] ?? ''
  const [head = '', ...tails] = argument.split('Ref::')
  return head + tails.map(tail => fillTail(tail, names, parameters)).join('')
}

function fillTail(
  tail: string,
  names: readonly string[],
  parameters: Readonly<Record<string, string>>,
): string {
  const name = names.find(candidate => candidate !== '' && startsWithWord(tail, candidate))
  if (name !== undefined) return `${parameters[name]}${tail.slice(name.length)}`
  const wanted = /^[\w.-]*/.exec(tail)?.[0] ?? ''
  throw clientException(`Unable to substitute value. No parameter found for reference ${wanted}`)
}

/** `in` is not the beginning of `input`: that is another name. */
function startsWithWord(text: string, word: string): boolean {
  return text.startsWith(word) && !/^\w/.test(text.slice(word.length))
}
