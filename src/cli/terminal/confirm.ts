import { createInterface } from 'node:readline/promises'
import { BatchwiseError } from '../../core/errors.ts'

/**
 * Asks whether to go on; anything but yes is no.
 *
 * @throws BatchwiseError E_USAGE where nobody can be asked
 */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new BatchwiseError('E_USAGE', 'There is no terminal to ask on. Say yes beforehand with --yes.')
  }
  const prompt = createInterface({ input: process.stdin, output: process.stdout })
  const { promise: interrupted, resolve } = Promise.withResolvers<string>()
  // Ctrl-C and the end of the input are a no.
  prompt.once('SIGINT', () => resolve('')).once('close', () => resolve(''))
  const answer = await Promise.race([prompt.question(`${question} [y/N] `), interrupted])
  prompt.close()
  return /^y(es)?$/i.test(answer.trim())
}
