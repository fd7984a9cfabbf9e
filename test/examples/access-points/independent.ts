/**
 * The report's numbers, computed from the file in one go and with other means than the jobs': no streams, no shards,
 * a schema for the records, and quantiles by counting. Shares no code with them.
 */
import * as z from 'zod/mini'

const MAC = z.string().check(z.regex(/^([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}$/), z.toLowerCase())
const TEXTS = z.nullish(z.array(z.string()))
const RECORD = z.object({
  apMac: MAC,
  apTags: TEXTS,
  apFloors: TEXTS,
  observations: z.array(
    z.object({
      clientMac: MAC,
      seenEpoch: z.int().check(z.gte(Date.UTC(2000, 0) / 1000), z.lt(Date.UTC(2100, 0) / 1000)),
    }),
  ),
})

interface Sighting {
  readonly client: string
  readonly time: number
  readonly accessPoint: string
  readonly floor: string
  readonly tags: readonly string[]
}

/** Computes what `report.json` should say about a file, but for the reasons of broken lines. */
export function expectedReport(file: string, gapMinutes: number) {
  const lines = file.replace(/^\uFEFF/, '').split('\n')
  if (lines.at(-1) === '') lines.pop()
  const read = lines.map(line => readRecord(line.replace(/\r$/, '')))
  const records = read.filter(record => typeof record === 'object')
  const sightings = sightingsOf(records)
  return {
    lines: lines.length,
    blank: read.filter(record => record === 'blank').length,
    brokenLines: read.flatMap((record, index) => (record === 'broken' ? [index + 1] : [])),
    records: records.length,
    observations: records.reduce((sum, { observations }) => sum + observations.length, 0),
    visitors: floorHours(sightings),
    dwell: dwellTimes(sightings, gapMinutes),
  }
}

function readRecord(line: string): z.infer<typeof RECORD> | 'blank' | 'broken' {
  if (/^\s*$/.test(line)) return 'blank'
  if (Buffer.byteLength(line) > 2 ** 20) return 'broken'
  try {
    return RECORD.parse(JSON.parse(line))
  } catch {
    // Whatever JSON or the schema says, the line does not count.
    return 'broken'
  }
}

/** One for each floor of the access point: they share client, time and access point. */
function sightingsOf(records: readonly z.infer<typeof RECORD>[]): Sighting[] {
  const last = new Map(records.map(record => [record.apMac, record]))
  return records.flatMap(({ apMac, observations }) => {
    const floors = tidy(last.get(apMac)?.apFloors)
    const tags = tidy(last.get(apMac)?.apTags)
    return observations.flatMap(({ clientMac, seenEpoch }) =>
      (floors.length === 0 ? ['(none)'] : floors).map(floor => {
        return { client: clientMac, time: seenEpoch, accessPoint: apMac, floor, tags }
      }),
    )
  })
}

function tidy(texts: readonly string[] | null | undefined): string[] {
  return [...new Set((texts ?? []).map(text => text.trim()))].filter(Boolean)
}

function floorHours(sightings: readonly Sighting[]) {
  const hour = (time: number) => new Date(time * 1000).toISOString().replace(/:.*/, ':00Z')
  const groups = Map.groupBy(sightings, ({ floor, time }) => JSON.stringify([floor, hour(time)]))
  const rows = [...groups].map(([name, group]) => {
    const [floor = '', at = ''] = JSON.parse(name)
    return {
      floor,
      hour: at,
      visitors: new Set(group.map(({ client }) => client)).size,
      observations: group.length,
      accessPoints: new Set(group.map(({ accessPoint }) => accessPoint)).size,
      tags: [...new Set(group.flatMap(({ tags }) => tags))].sort(),
    }
  })
  return sorted(rows, ({ floor, hour }) => [floor, hour])
}

function dwellTimes(sightings: readonly Sighting[], gapMinutes: number) {
  const visits = [...Map.groupBy(sightings, ({ client }) => client).values()].flatMap(group =>
    splitVisits(group, gapMinutes),
  )
  const floors = Map.groupBy(visits, ({ floor }) => floor)
  const byFloor = [...floors].map(([floor, group]) => ({ floor, ...distribution(group) }))
  return {
    gapMinutes,
    clients: new Set(sightings.map(({ client }) => client)).size,
    overall: distribution(visits),
    byFloor: sorted(byFloor, ({ floor }) => [floor]),
  }
}

function splitVisits(seen: readonly Sighting[], gapMinutes: number) {
  const times = [...new Set(seen.map(({ time }) => time))].sort((a, b) => a - b)
  const starts = times.filter(
    (time, index) => index === 0 || time - (times[index - 1] ?? 0) >= gapMinutes * 60,
  )
  return starts.map((start, index) => {
    const next = starts[index + 1] ?? Number.POSITIVE_INFINITY
    const inside = seen.filter(({ time }) => start <= time && time < next)
    const counts = [...Map.groupBy(inside, ({ floor }) => floor)].map(([floor, at]) => ({
      floor,
      at: at.length,
    }))
    const most = Math.max(...counts.map(({ at }) => at))
    const floors = counts.filter(({ at }) => at === most).map(({ floor }) => floor)
    const seconds = Math.max(...inside.map(({ time }) => time)) - start
    return { floor: floors.sort()[0] ?? '', seconds }
  })
}

function distribution(visits: readonly { readonly seconds: number }[]) {
  const lengths = [...new Set(visits.map(({ seconds }) => seconds))].sort((a, b) => a - b)
  const notAbove = (length: number) => visits.filter(({ seconds }) => seconds <= length).length
  const at = (percent: number) =>
    lengths.find(length => notAbove(length) * 100 >= percent * visits.length) ?? null
  const totalSeconds = visits.reduce((sum, { seconds }) => sum + seconds, 0)
  const quantiles = { p50: at(50), p75: at(75), p90: at(90), p95: at(95), p99: at(99) }
  return { visits: visits.length, totalSeconds, min: at(0), ...quantiles, max: at(100) }
}

function sorted<T>(rows: readonly T[], name: (row: T) => readonly string[]): T[] {
  return [...rows].sort((a, b) => {
    const [x, y] = [name(a), name(b)]
    const differing = x.findIndex((text, index) => text !== y[index])
    return differing === -1 ? 0 : (x[differing] ?? '') < (y[differing] ?? '') ? -1 : 1
  })
}
