import { BatchwiseError } from '../../core/errors.ts'
import { compilePattern } from '../../core/event-pattern/pattern.ts'
import type { AwsEvent } from '../aws-event.ts'

/** A rule as it is deployed: events of `bus` that match `pattern` go to each target, an ARN. */
export interface Rule {
  readonly name: string
  readonly bus: string
  readonly pattern: unknown
  readonly targets: readonly string[]
}

interface CompiledRule {
  readonly rule: Rule
  readonly matches: (event: object) => boolean
}

/**
 * The rules of all buses. A rule that names its detail types or sources is tried only for events that have one of
 * them, so the number of rules costs little.
 */
export class Rules {
  readonly all: readonly Rule[]
  readonly #candidates = new Map<string, CompiledRule[]>()

  /** @throws BatchwiseError E_EVENT_PATTERN, with the rule's name */
  constructor(rules: readonly Rule[]) {
    this.all = rules
    for (const rule of rules) {
      const compiled = { rule, matches: compileRule(rule) }
      for (const key of indexKeys(rule)) {
        const present = this.#candidates.get(key)
        if (present === undefined) this.#candidates.set(key, [compiled])
        else present.push(compiled)
      }
    }
  }

  hasBus(name: string): boolean {
    return this.all.some(rule => rule.bus === name)
  }

  /** The targets of all rules that match, one for each rule and target. */
  targetsOf(bus: string, event: AwsEvent): readonly string[] {
    return [indexKey(bus, 'detail-type', event['detail-type']), indexKey(bus, 'source', event.source), bus]
      .flatMap(key => this.#candidates.get(key) ?? [])
      .filter(candidate => candidate.matches(event))
      .flatMap(candidate => candidate.rule.targets)
  }
}

function compileRule(rule: Rule): (event: object) => boolean {
  try {
    return compilePattern(rule.pattern)
  } catch (cause) {
    if (!(cause instanceof BatchwiseError)) throw cause
    throw new BatchwiseError(cause.code, `Rule "${rule.name}": ${cause.message}`, { cause })
  }
}

function indexKeys(rule: Rule): Iterable<string> {
  for (const field of ['detail-type', 'source'] as const) {
    const values = (rule.pattern as Readonly<Record<string, unknown>>)[field]
    if (Array.isArray(values) && values.every(value => typeof value === 'string')) {
      return new Set(values.map(value => indexKey(rule.bus, field, value)))
    }
  }
  return [rule.bus]
}

function indexKey(bus: string, field: 'detail-type' | 'source', value: string): string {
  return JSON.stringify([bus, field, value])
}
