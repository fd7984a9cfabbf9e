import { createHash } from 'node:crypto'

/** A body that tells its number and whether it is whole. */
export function wholeBody(number: number): string {
  const content = `${number}:${'x'.repeat((number * 7919) % 200_000)}`
  return `${content}:${createHash('sha256').update(content).digest('hex')}`
}

/** The number of a whole body. @throws Error if it is not whole */
export function numberOf(body: string): number {
  const number = Number.parseInt(body, 10)
  if (body !== wholeBody(number))
    throw new Error(`A torn body of ${body.length} bytes that begins ${body.slice(0, 40)}`)
  return number
}
