import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distributionOf } from '../../../examples/access-points/jobs/distribution.mjs'
import type { FloorHour } from '../../../examples/access-points/jobs/join.mjs'
import { hourLabels, hoursOf } from '../../../examples/access-points/jobs/plot/hours.mjs'
import { plotOf } from '../../../examples/access-points/jobs/plot/plot.mjs'
import { countScale, duration, timeScale } from '../../../examples/access-points/jobs/plot/scale.mjs'
import { fitted } from '../../../examples/access-points/jobs/plot/svg.mjs'

const row = (floor: string, hour: string, visitors: number): FloorHour => {
  return { floor, hour, visitors, observations: visitors, accessPoints: 1, tags: [] }
}

function plot(visitors: readonly FloorHour[], seconds: readonly number[], uri = 's3://b/k') {
  const count = { lines: 1, records: 1, observations: 1, blank: 0, broken: 0, reasons: {}, brokenLines: [] }
  const byFloor = [...new Set(visitors.map(({ floor }) => floor))].map(floor => {
    return { floor, ...distributionOf(seconds) }
  })
  const dwell = { gapMinutes: 30, clients: 1, definition: '', overall: distributionOf(seconds), byFloor }
  return plotOf({ input: { uri, ...count }, visitors, dwell })
}

/** Fails unless the text is one well-formed element: tags nest, and no bare `<`, `>` or `&` is left between them. */
function expectWellFormed(xml: string): void {
  const open: string[] = []
  const text = xml
    .trim()
    .replace(
      /<(\/?)([a-z]+)((?: [a-zA-Z:-]+="[^"<]*")*)(\/?)>/g,
      (_tag, closing, name, _attributes, empty) => {
        if (closing === '/') expect(open.pop()).toBe(name)
        else if (empty === '') open.push(name)
        return ''
      },
    )
  expect(open).toEqual([])
  expect(text.replace(/&(amp|lt|gt|quot|#39);/g, '')).not.toMatch(/[<>&]/)
  expect(xml).not.toMatch(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u)
}

describe('plotOf', () => {
  it('is well-formed whatever floors and file are called', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.constantFrom(
        '</text><script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        '&amp;',
        '\u0000\uFFFE',
      ),
    )
    const hour = fc
      .integer({ min: 0, max: 999 })
      .map(n => new Date(n * 3.6e6).toISOString().replace(/:.*/, ':00Z'))
    const rows = fc.array(
      fc.tuple(name, hour, fc.nat(1e6)).map(([floor, at, visitors]) => row(floor, at, visitors)),
    )
    const property = fc.property(rows, fc.array(fc.nat(1e7)), name, (visitors, seconds, uri) => {
      const svg = plot(visitors, seconds, uri)
      expectWellFormed(svg)
      expect(svg).not.toMatch(/<script|<img|NaN|Infinity|undefined/)
    })
    fc.assert(property)
  })

  it('has a title, both axes with their units, and a legend', () => {
    const svg = plot([row('Attic', '2026-03-02T09:00Z', 3)], [60, 120])
    const wanted = [
      '<title>',
      '<desc>',
      'Visitors (different clients)',
      'Hour (UTC)',
      'Length of a visit',
      '>Attic<',
    ]
    for (const text of wanted) expect(svg).toContain(text)
    expect(svg).toContain('2 Mar 2026')
  })

  it('stays small: six floors and two days at most, and says so', () => {
    const hours = Array.from({ length: 500 }, (_, n) =>
      new Date(n * 3.6e6).toISOString().replace(/:.*/, ':00Z'),
    )
    const rows = hours.flatMap((hour, n) =>
      Array.from({ length: 20 }, (_, floor) => row(`F${floor}`.padEnd(1e4, '&'), hour, n)),
    )
    const svg = plot(rows, [60])
    expect(svg.length).toBeLessThan(100_000)
    expect(svg).toContain('14 floors with fewer visitors are in report.csv only.')
    expect(svg).toContain('the two days around the busiest hour')
  })
})

describe('hoursOf', () => {
  it('fills gaps and keeps within two days of the busiest hour', () => {
    const rows = [
      row('F', '2001-01-01T00:00Z', 1),
      row('F', '2026-03-02T09:00Z', 9),
      row('F', '2026-03-02T12:00Z', 1),
    ]
    const expected = ['09', '10', '11', '12'].map(hour => `2026-03-02T${hour}:00Z`)
    expect(hoursOf(rows)).toEqual(expected)
  })

  it('labels at most twelve hours and each day once', () => {
    const start = Date.UTC(2026, 1, 27, 22)
    const hours = Array.from({ length: 48 }, (_, n) =>
      new Date(start + n * 3.6e6).toISOString().replace(/:.*/, ':00Z'),
    )
    const labels = hourLabels(hours)
    expect(labels.length).toBeLessThanOrEqual(12)
    expect(labels.map(({ date }) => date).filter(date => date !== '')).toEqual(['28 Feb 2026', '1 Mar 2026'])
  })
})

describe('scales', () => {
  it('end at or above the largest value, in a handful of ticks', () => {
    const property = fc.property(fc.nat(1e9), largest => {
      for (const { ticks, end } of [countScale(largest), timeScale(largest)]) {
        expect(end).toBeGreaterThanOrEqual(largest)
        expect(ticks.length).toBeLessThanOrEqual(10)
        expect(ticks.every(Number.isInteger)).toBe(true)
      }
    })
    fc.assert(property)
  })

  it.each([
    [0, '0 s'],
    [59, '59 s'],
    [60, '1 min'],
    [3_590, '1 h'],
    [3_660, '1 h 01 min'],
    [86_400, '24 h'],
  ])('writes %d seconds as %s', (seconds, expected) => {
    expect(duration(seconds)).toBe(expected)
  })
})

describe('fitted', () => {
  it.each([
    ['short', 10, 'short'],
    ['exactly 10', 10, 'exactly 10'],
    ['a name too long', 10, 'a name to…'],
    ['会議室会議室', 10, '会議室会…'],
    ['🦦🦦🦦🦦🦦🦦', 10, '🦦🦦🦦🦦…'],
  ])('cuts %s to %d letters', (text, widest, expected) => {
    expect(fitted(text, widest)).toBe(expected)
  })
})
