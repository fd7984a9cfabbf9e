import { createInterface } from 'node:readline/promises'

/** Asks one question after the other; an empty answer takes the default. Without a terminal every answer is empty. */
export interface Questions {
  ask(question: string, fallback: string): Promise<string>
  close(): void
}

export function openQuestions(): Questions {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    return { ask: (_question, fallback) => Promise.resolve(fallback), close: () => {} }
  }
  const prompt = createInterface({ input: process.stdin, output: process.stdout })
  // Ctrl-C: nothing has been written.
  prompt.once('SIGINT', () => process.exit(130))
  return {
    async ask(question, fallback) {
      const answer = (await prompt.question(`${question} [${fallback}] `)).trim()
      return answer === '' ? fallback : answer
    },
    close: () => prompt.close(),
  }
}
