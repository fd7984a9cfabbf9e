import { clientException } from './wire-error.ts'

type Values = Readonly<Record<string, unknown>>

/** Reads the members of a request; each getter refuses a value of another kind and names the member. */
export class Members {
  readonly values: Values
  readonly #path: string

  constructor(values: unknown, path = '') {
    if (!isObject(values)) throw clientException(`${path || 'The request'} must be an object.`)
    this.values = values
    this.#path = path
  }

  has(name: string): boolean {
    return this.values[name] !== undefined && this.values[name] !== null
  }

  text(name: string): string | undefined {
    return this.#read(name, 'a string', isText)
  }

  requiredText(name: string): string {
    const value = this.text(name)
    if (value === undefined || value === '') throw clientException(`${this.#name(name)} is required.`)
    return value
  }

  integer(name: string, min: number, max: number): number | undefined {
    return this.#within(name, this.#read(name, 'a whole number', isInteger), min, max)
  }

  number(name: string, min: number, max: number): number | undefined {
    return this.#within(name, this.#read(name, 'a number', isNumber), min, max)
  }

  flag(name: string): boolean | undefined {
    return this.#read(name, 'true or false', value => typeof value === 'boolean')
  }

  oneOf<Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined {
    const value = this.text(name)
    if (value === undefined) return undefined
    const choice = choices.find(candidate => candidate === value)
    if (choice === undefined)
      throw clientException(`${this.#name(name)} must be one of ${choices.join(', ')}.`)
    return choice
  }

  texts(name: string): readonly string[] | undefined {
    return this.#read(name, 'a list of strings', value => Array.isArray(value) && value.every(isText))
  }

  map(name: string): Readonly<Record<string, string>> | undefined {
    return this.#read(name, 'a map of strings', isTextMap)
  }

  /** An object without members is as good as none: clients send such for what they leave out. */
  object(name: string): Members | undefined {
    return this.has(name) && !isEmpty(this.values[name])
      ? new Members(this.values[name], this.#name(name))
      : undefined
  }

  list(name: string): readonly Members[] | undefined {
    const items = this.#read(name, 'a list', Array.isArray)
    return items?.map((item, at) => new Members(item, `${this.#name(name)}[${at}]`))
  }

  /** Refuses members that mean something in AWS which this local Batch cannot do. */
  refuse(...names: readonly string[]): void {
    const name = names.find(candidate => this.has(candidate) && !isEmpty(this.values[candidate]))
    if (name !== undefined)
      throw clientException(`${this.#name(name)} is not available in the local AWS Batch.`)
  }

  #within(name: string, value: number | undefined, min: number, max: number): number | undefined {
    if (value === undefined || (value >= min && value <= max)) return value
    throw clientException(`${this.#name(name)} must be between ${min} and ${max}, not ${value}.`)
  }

  #name(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`
  }

  #read<Value>(name: string, kind: string, is: (value: unknown) => value is Value): Value | undefined
  #read(name: string, kind: string, is: (value: unknown) => boolean): undefined
  #read(name: string, kind: string, is: (value: unknown) => boolean): unknown {
    if (!this.has(name)) return undefined
    if (!is(this.values[name])) throw clientException(`${this.#name(name)} must be ${kind}.`)
    return this.values[name]
  }
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** True for `{}` and `[]`. */
function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number'
}

function isInteger(value: unknown): value is number {
  return Number.isInteger(value)
}

function isTextMap(value: unknown): value is Readonly<Record<string, string>> {
  return isObject(value) && Object.values(value).every(isText)
}
