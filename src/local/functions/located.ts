import type { BatchwiseError } from '../../core/errors.ts'

export type YamlPath = readonly (string | number)[]

/** A value that knows where in its file it stands, so that what is refused can be pointed at. */
export class Located {
  readonly value: unknown
  readonly path: YamlPath
  readonly #refuse: (path: YamlPath, problem: string) => BatchwiseError

  constructor(value: unknown, path: YamlPath, refuse: (path: YamlPath, problem: string) => BatchwiseError) {
    this.value = value
    this.path = path
    this.#refuse = refuse
  }

  /** The error that says what is wrong with this value. */
  refuse(problem: string): BatchwiseError {
    return this.#refuse(this.path, problem)
  }

  get isAbsent(): boolean {
    return this.value === undefined || this.value === null
  }

  /** Whether it is a variable that the Serverless Framework resolves at package time: `${file(...)}`. */
  get isVariable(): boolean {
    return typeof this.value === 'string' && this.value.includes('${')
  }

  /** A member of a map; absent where there is none, or no map. */
  get(key: string): Located {
    const map = isMap(this.value) ? this.value : {}
    return this.#at(key, Object.hasOwn(map, key) ? map[key] : undefined)
  }

  /** The members of a map. @throws BatchwiseError where it is something else */
  entries(): readonly (readonly [key: string, member: Located])[] {
    if (this.isAbsent) return []
    if (!isMap(this.value)) throw this.refuse(`expected a map${this.#orVariable()}`)
    return Object.entries(this.value).map(([key, member]) => [key, this.#at(key, member)])
  }

  /** The items of a list. @throws BatchwiseError where it is something else */
  items(): readonly Located[] {
    if (this.isAbsent) return []
    if (!Array.isArray(this.value)) throw this.refuse(`expected a list${this.#orVariable()}`)
    return this.value.map((item, index) => this.#at(index, item))
  }

  text(): string {
    if (typeof this.value === 'string' && !this.isVariable) return this.value
    throw this.refuse(`expected a text${this.#orVariable()}`)
  }

  /** A number in a range, or the fallback where it is absent. */
  number<Fallback>([low, high]: readonly [low: number, high: number], fallback: Fallback): number | Fallback {
    if (this.isAbsent) return fallback
    if (typeof this.value === 'number' && this.value >= low && this.value <= high) return this.value
    throw this.refuse(`expected a number from ${low} to ${high}${this.#orVariable()}`)
  }

  #at(key: string | number, value: unknown): Located {
    return new Located(value, [...this.path, key], this.#refuse)
  }

  #orVariable(): string {
    return this.isVariable
      ? `. Local mode does not resolve the variable ${String(this.value).slice(0, 80)}; write its value here.`
      : '.'
  }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
