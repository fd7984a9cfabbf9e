import type { FunctionName } from './handlers.ts'

/** Counts calls of ports, by function. */
export interface CallCounter {
  readonly counted: (port: string, functionName: FunctionName) => void
  /** By `<function> <port>`. */
  readonly calls: () => Readonly<Record<string, number>>
}

export function createCallCounter(): CallCounter {
  const functions = new Map<FunctionName, Map<string, number>>()
  return {
    counted(port, functionName) {
      const ports = functions.get(functionName) ?? new Map<string, number>()
      if (ports.size === 0) functions.set(functionName, ports)
      ports.set(port, (ports.get(port) ?? 0) + 1)
    },
    calls: () =>
      Object.fromEntries(
        [...functions].flatMap(([name, ports]) =>
          [...ports].map(([port, count]) => [`${name} ${port}`, count] as const),
        ),
      ),
  }
}
