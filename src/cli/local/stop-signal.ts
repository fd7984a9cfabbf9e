const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** Resolves at Ctrl-C or SIGTERM. From then on neither is caught any more: the next one ends the process at once. */
export function stopSignal(): Promise<'interrupted'> {
  const { promise, resolve } = Promise.withResolvers<'interrupted'>()
  const onSignal = () => {
    for (const signal of SIGNALS) process.off(signal, onSignal)
    resolve('interrupted')
  }
  for (const signal of SIGNALS) process.on(signal, onSignal)
  return promise
}
