import { sequencerOf, startS3 } from './local-s3.ts'
import { wholeBody } from './whole-body.ts'

// Puts objects until it is killed; prints a line for each that was acknowledged.
const [folder = '', first = '0'] = process.argv.slice(2)
const local = await startS3({ folder })
local.s3.createBucket('inbox')

async function putFrom(start: number, step: number): Promise<void> {
  for (let number = start; ; number += step) {
    const key = `key-${number % 7}`
    const { status } = await local.send('PUT', `/inbox/${key}`, { body: wholeBody(number) })
    const sequencer = local.events.map(sequencerOf).at(-1)
    local.events.length = 0
    if (status === 200) process.stdout.write(`${key} ${number} ${sequencer ?? ''}\n`)
  }
}

// Steps of 7 keep each key to one writer, so the order of its acknowledgements is that of its numbers.
for (let writer = 0; writer < 7; writer++) void putFrom(Number(first) + writer, 7)
