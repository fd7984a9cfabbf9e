/**
 * Makes a day of what the access points of a building see, a JSON record per line, as Firehose would deliver it:
 *
 *     node examples/access-points/generate.mjs --records 2000 --seed 1 > day.json
 */
import { realpathSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { brokenLine } from './generator/break-line.mjs'
import { ACCESS_POINTS } from './generator/building.mjs'
import { planClients } from './generator/clients.mjs'
import { recordAt } from './generator/observe.mjs'
import { randomOf } from './generator/random.mjs'

const MIDNIGHT = Date.parse('2026-03-02T00:00:00Z') / 1_000
// A minute after the doors open, for records look a minute back.
const FIRST = 6 * 3_600 + 60
const SPAN = 14 * 3_600 - 60
// Visits the access points in an order that is not their own; coprime to their number, so that each has its turn.
const STRIDE = 7

/**
 * Makes the lines one by one, without their line ends. The same numbers give the same lines. The day is the same for
 * any number of records: more of them are a closer look.
 *
 * @param {object} options
 * @param {number} options.seed
 * @param {number} options.records lines in all, the broken ones included
 * @param {number} [options.brokenEvery] every such line is broken; 0: none. Default 250
 * @returns {Generator<string>}
 */
export function* generate({ seed, records, brokenEvery = 250 }) {
  const random = randomOf(seed)
  const clients = planClients(random)
  for (let index = 0; index < records; index += 1) {
    const accessPoint = ACCESS_POINTS[(index * STRIDE) % ACCESS_POINTS.length]
    if (accessPoint === undefined) return
    const time = FIRST + (SPAN * (index + random.number())) / records
    const record = recordAt(accessPoint, clients, MIDNIGHT, time, random)
    const isBroken = brokenEvery > 0 && index % brokenEvery === brokenEvery - 1
    yield isBroken ? brokenLine(record, Math.floor(index / brokenEvery)) : JSON.stringify(record)
  }
}

/** @param {Iterable<string>} lines */
function* ended(lines) {
  for (const line of lines) yield `${line}\n`
}

async function main() {
  const text = /** @type {const} */ ({ type: 'string' })
  const { values } = parseArgs({ options: { records: text, seed: text, 'broken-every': text } })
  const options = {
    seed: wholeNumber('seed', values.seed ?? '1'),
    records: wholeNumber('records', values.records ?? '2000'),
    brokenEvery: wholeNumber('broken-every', values['broken-every'] ?? '250'),
  }
  await pipeline(Readable.from(ended(generate(options))), process.stdout)
}

/**
 * @param {string} name
 * @param {string} text
 */
function wholeNumber(name, text) {
  if (!/^\d{1,9}$/.test(text))
    throw new Error(`--${name} is "${text}". Give a whole number, say --${name} 2000.`)
  return Number(text)
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  await main().catch(error => {
    // Whoever reads has read enough, `head` for one.
    if (error.code === 'EPIPE') process.exit(0)
    process.stderr.write(`generate: ${error.message}\n`)
    process.exit(2)
  })
