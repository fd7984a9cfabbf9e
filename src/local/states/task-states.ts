/** A definition in the Amazon States Language, as far as it was looked into. */
export type Json = Readonly<Record<string, unknown>>

/** A Task state, wherever in a definition it stands. */
export interface TaskState {
  readonly name: string
  readonly state: Json
}

/** All states of a definition, those inside of Map and Parallel too. */
export function statesOf(definition: Json): readonly TaskState[] {
  return Object.entries(objectOf(definition['States'])).flatMap(([name, value]) => {
    const state = objectOf(value)
    const branches = Array.isArray(state['Branches']) ? state['Branches'] : []
    const inner = [state['Iterator'], state['ItemProcessor'], ...branches].map(objectOf)
    return [{ name, state }, ...inner.flatMap(statesOf)]
  })
}

export function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}
