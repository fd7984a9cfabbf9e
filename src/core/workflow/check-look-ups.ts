import type { DiagnosticCode } from './diagnostic.ts'
import { didYouMean } from './did-you-mean.ts'
import { type Draft, isWritten, jobNamesOf, namesAt } from './draft.ts'
import { shownName } from './escape-text.ts'
import { type LookUp, type MalformedLookUp, parseTemplate } from './look-up.ts'
import type { Problem } from './problem.ts'
import { type ScopeName, type TextSite, textSites } from './text-site.ts'
import { hasName, type TriggerNames, triggerNames } from './trigger-names.ts'

const SCOPES: readonly ScopeName[] = ['stack', 'parameters', 'trigger', 'run', 'jobs']
const RUN_NAMES = ['id', 'workflow', 'output', 'createdAt']

interface Known {
  readonly stack: readonly string[]
  readonly parameters: readonly string[]
  readonly jobs: readonly string[]
  /** Those of them that are executions of state machines. */
  readonly executions: readonly string[]
  /** Undefined when a trigger is at fault: nothing can be said then. */
  readonly triggers?: readonly TriggerNames[]
}

type Fault = readonly [code: DiagnosticCode, message: string, mend: string]

/** E143 and E144: look-ups that have no value, not here, or not for every trigger. */
export function* checkLookUps(draft: Draft): Generator<Problem> {
  const known = knownNames(draft)
  for (const site of textSites(draft)) {
    for (const part of parseTemplate(site.text)) {
      if (part.type === 'text') continue
      const fault = part.type === 'malformed' ? malformed(part) : lookUpFault(part, site, known)
      if (!fault) continue
      const [code, message, mend] = fault
      yield { code, path: site.path, at: { value: part }, message, mend }
    }
  }
}

function knownNames(draft: Draft): Known {
  const names = {
    stack: draft.stackNames,
    parameters: namesAt(draft, ['parameters']),
    jobs: jobNamesOf(draft),
    executions: jobNamesOf(draft).filter(job => isWritten(draft, ['jobs', job, 'stateMachine'])),
  }
  const triggers = triggerNames(draft)
  return triggers ? { ...names, triggers } : names
}

function malformed({ text }: MalformedLookUp): Fault {
  const message = `${shownName(text)} opens no look-up.`
  return ['E143', message, 'Write `${scope.name}` without spaces, or `$${` for a literal `${`.']
}

function lookUpFault(lookUp: LookUp, site: TextSite, known: Known): Fault | undefined {
  const scope = SCOPES.find(name => name === lookUp.path[0])
  if (!scope) return unknownName(lookUp, SCOPES, [])
  if (!site.scopes.includes(scope)) {
    const scopes = site.scopes.map(shownName).join(', ')
    return ['E143', `${shownLookUp(lookUp)} is not known yet where this is needed.`, `Known here: ${scopes}.`]
  }
  switch (scope) {
    case 'stack':
      return lookUpIn(lookUp, known.stack)
    case 'parameters':
      return lookUpIn(lookUp, known.parameters)
    case 'run':
      return lookUpIn(lookUp, RUN_NAMES)
    case 'trigger':
      return known.triggers && triggerFault(lookUp, site, known.triggers)
    case 'jobs':
      return jobFault(lookUp, site, known)
  }
}

function lookUpIn(lookUp: LookUp, names: readonly string[]): Fault | undefined {
  const [scope, ...rest] = lookUp.path
  return names.includes(rest.join('.')) ? undefined : unknownName(lookUp, names, [scope])
}

function triggerFault(lookUp: LookUp, site: TextSite, all: readonly TriggerNames[]): Fault | undefined {
  const triggers = site.trigger === undefined ? all : all.filter(({ index }) => index === site.trigger)
  const name = lookUp.path.slice(1).join('.')
  const lacking = triggers.filter(trigger => !hasName(trigger, name))
  const [first] = lacking
  if (!first) return undefined
  if (lacking.length === triggers.length) {
    return unknownName(lookUp, new Set(triggers.flatMap(({ names }) => names)), ['trigger'])
  }
  const message = `${shownLookUp(lookUp)} does not exist for ${first.title}.`
  const capture = first.kind === 'object' ? `Capture \`{${name}}\` in its key too, or use` : 'Use'
  return ['E143', message, `${capture} what all triggers have.`]
}

function jobFault(lookUp: LookUp, site: TextSite, { jobs, executions }: Known): Fault | undefined {
  const [, job = '', ...rest] = lookUp.path
  const attribute = rest.join('.')
  if (!site.dependencies.includes(job)) {
    const meant = didYouMean(job, site.dependencies)
    const reason = jobs.includes(job) ? 'is no dependency of this job' : 'is no job'
    const mend = meant
      ? `Did you mean ${shownName(meant)}?`
      : `Add it to \`dependsOn\`, or leave the look-up out.`
    return ['E144', `${shownName(job)} in ${shownLookUp(lookUp)} ${reason}.`, mend]
  }
  if (attribute === 'jobId') return undefined
  if (!executions.includes(job)) {
    if (attribute !== 'output') return unknownName(lookUp, ['jobId'], ['jobs', job])
    const message = `${shownLookUp(lookUp)} does not exist: only executions of state machines have an output.`
    return ['E143', message, 'Let the job write a file below `${run.output}`, and read that.']
  }
  return rest[0] === 'output' ? undefined : unknownName(lookUp, ['jobId', 'output'], ['jobs', job])
}

function unknownName(lookUp: LookUp, names: Iterable<string>, above: readonly string[]): Fault {
  const candidates = [...names]
  const name = lookUp.path.slice(above.length, above.length === 0 ? 1 : undefined).join('.')
  const meant = didYouMean(name, candidates)
  const full = (last: string) => shownName(`\${${[...above, last].join('.')}}`)
  const rest = lookUp.path.slice(1).join('.')
  if (meant !== undefined) {
    const mend = above.length === 0 ? shownName(`\${${meant}.${rest}}`) : full(meant)
    return ['E143', `The look-up ${shownLookUp(lookUp)} is unknown.`, `Did you mean ${mend}?`]
  }
  const list = candidates.slice(0, 20).map(shownName).join(', ')
  const mend =
    candidates.length > 0 ? `Known: ${list}; \`$\${\` is a literal \`\${\`.` : 'There is none to look up.'
  return ['E143', `The look-up ${shownLookUp(lookUp)} is unknown.`, mend]
}

function shownLookUp(lookUp: LookUp): string {
  return shownName(`\${${lookUp.name}}`)
}
