import { BatchwiseError } from '../errors.ts'
import { isFenced } from '../run/fence.ts'
import { readPattern } from './check-triggers.ts'
import { type Draft, jobsOf, triggersOf } from './draft.ts'
import { shownName } from './escape-text.ts'
import { codeArguments } from './interpreter.ts'
import { type LookUp, parseTemplate } from './look-up.ts'
import { type OutsideData, outsideData } from './outside-data.ts'
import type { Path, Problem } from './problem.ts'

const IN_ENVIRONMENT: ReadonlyMap<string, string> = new Map([
  ['trigger.key', 'BATCHWISE_KEY'],
  ['trigger.bucket', 'BATCHWISE_BUCKET'],
  ['trigger.versionId', 'BATCHWISE_VERSION_ID'],
])

/** E142 and W143: what comes from outside must be data to the program: not itself, nor code, nor an option. */
export function* checkCommands(draft: Draft): Generator<Problem> {
  const free = freeNames(draft)
  for (const [name, job] of jobsOf(draft)) {
    const command = (job.command ?? []).map(String)
    const found = (index: number) => outsideData(command[index] ?? '', job.parameters ?? {})
    const program = isFenced({ command }) ? 1 : 0
    for (const data of found(program)) yield chosenProgram(name, program, data)
    for (const index of codeArguments(command)) {
      if (index === program) continue
      for (const data of found(index)) yield dataInCode(['jobs', name, 'command', index], command, data)
    }
    yield* checkOptions(name, command, free)
  }
}

function chosenProgram(job: string, index: number, { span, text, lookUp }: OutsideData): Problem {
  return {
    code: 'E142',
    path: ['jobs', job, 'command', index],
    at: { value: span },
    message: `${shownName(text)} would choose the program that runs${broughtBy(text, lookUp)}.`,
    mend: 'Write the program here and what comes from outside behind it; for an image with an entry point, an argument of your own, like `--`.',
  }
}

function dataInCode(path: Path, command: readonly string[], { span, text, lookUp }: OutsideData): Problem {
  const program = shownName(command[0] ?? '')
  const message = `${shownName(text)} would become part of the code that ${program} runs${broughtBy(text, lookUp)}.`
  return { code: 'E142', path, at: { value: span }, message, mend: codeMend(lookUp) }
}

function broughtBy(text: string, { name }: LookUp): string {
  return text.startsWith('Ref::') ? `: that parameter holds ${shownName(`\${${name}}`)}` : ''
}

function codeMend(lookUp: LookUp): string {
  const variable = IN_ENVIRONMENT.get(lookUp.name)
  if (variable) return `Read "$${variable}" in the code instead.`
  return `Put it into \`environment\`, say as VALUE, and read "$VALUE" in the code instead; the whole key is in "$BATCHWISE_KEY".`
}

/** Names of `trigger` whose values an uploader, or who sends an event, writes from the first character on. */
function freeNames(draft: Draft): ReadonlySet<string> {
  const patterns = triggersOf(draft, 'object').map(([, { key }]) => readPattern(key))
  const captures = patterns.flatMap(pattern => (pattern instanceof BatchwiseError ? [] : pattern.captures))
  return new Set(['key', 'detail', ...captures])
}

function* checkOptions(
  job: string,
  command: readonly string[],
  free: ReadonlySet<string>,
): Generator<Problem> {
  const end = command.indexOf('--')
  for (const [index, argument] of command.slice(0, end === -1 ? undefined : end).entries()) {
    const [first] = parseTemplate(argument)
    if (index === 0) continue // E142: it is no argument but the program
    if (first?.type !== 'lookUp' || first.path[0] !== 'trigger' || !free.has(first.path[1] ?? '')) continue
    const { name } = first
    const isOfEvent = first.path[1] === 'detail'
    const example = isOfEvent ? 'a value like `--flag`' : 'a key like `--flag.csv`'
    const message = `The argument begins with ${shownName(`\${${name}}`)}, and ${example} makes it an option.`
    const mend = isOfEvent
      ? `Put an argument \`--\` before it, or begin it with text of your own, like ${shownName(`--value=\${${name}}`)}.`
      : 'Take `${trigger.uri}`, or put an argument `--` before it.'
    yield { code: 'W143', path: ['jobs', job, 'command', index], at: { value: first }, message, mend }
  }
}
