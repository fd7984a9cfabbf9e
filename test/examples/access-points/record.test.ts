import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRecord } from '../../../examples/access-points/jobs/record.mjs'

const OBSERVATION = { clientMac: '06:00:00:00:00:0A', seenEpoch: 1_772_452_800 }
const RECORD = { apMac: '02:00:00:00:00:0B', apTags: ['t'], apFloors: ['F'], observations: [OBSERVATION] }
const withObservation = (part: object) => ({
  ...RECORD,
  observations: [OBSERVATION, { ...OBSERVATION, ...part }],
})

describe('parseRecord', () => {
  it('keeps what the other jobs need, and no addresses or positions', () => {
    const full = {
      ...OBSERVATION,
      ipv4: '/10.0.0.1',
      ipv6: null,
      rssi: -60,
      ssid: 'guests',
      location: { lat: 1 },
    }
    expect(parseRecord(JSON.stringify({ ...RECORD, observations: [full] }))).toEqual({
      type: 'record',
      record: {
        apMac: '02:00:00:00:00:0b',
        tags: ['t'],
        floors: ['F'],
        observations: [
          { clientMac: '06:00:00:00:00:0a', seenEpoch: 1_772_452_800, rssi: -60, ssid: 'guests' },
        ],
      },
    })
  })

  it.each([
    ['missing', undefined, ['(none)']],
    ['null', null, ['(none)']],
    ['empty', [' ', ''], ['(none)']],
    ['doubled or spaced', [' A', 'A ', 'B'], ['A', 'B']],
  ])('reads floors that are %s', (_title, apFloors, floors) => {
    expect(parseRecord(JSON.stringify({ ...RECORD, apFloors }))).toMatchObject({ record: { floors } })
  })

  it.each<[string, unknown]>([
    ['not an object', []],
    ['not an object', null],
    ['not an object', 'text'],
    ['bad apMac', { ...RECORD, apMac: undefined }],
    ['bad apMac', { ...RECORD, apMac: '02:00:00:00:00' }],
    ['bad apMac', { ...RECORD, apMac: 2 }],
    ['bad apTags', { ...RECORD, apTags: 'lobby' }],
    ['bad apFloors', { ...RECORD, apFloors: ['F', 1] }],
    ['bad observations', { ...RECORD, observations: undefined }],
    ['bad observations', { ...RECORD, observations: [null] }],
    ['bad clientMac', withObservation({ clientMac: '' })],
    ['bad seenEpoch', withObservation({ seenEpoch: 1_772_452_800_000 })],
    ['bad seenEpoch', withObservation({ seenEpoch: '1772452800' })],
    ['bad seenEpoch', withObservation({ seenEpoch: 1_772_452_800.5 })],
    ['bad seenEpoch', withObservation({ seenEpoch: 946_684_799 })],
    ['bad seenEpoch', withObservation({ seenEpoch: 4_102_444_800 })],
  ])('says %s of %j', (reason, value) => {
    expect(parseRecord(JSON.stringify(value))).toEqual({ type: 'broken', reason })
  })

  it('says that a line cut off anywhere is not JSON', () => {
    const line = JSON.stringify(RECORD)
    const cuts = Array.from({ length: line.length - 1 }, (_, index) => parseRecord(line.slice(0, index + 1)))
    expect(new Set(cuts.map(cut => JSON.stringify(cut)))).toEqual(
      new Set([JSON.stringify({ type: 'broken', reason: 'not JSON' })]),
    )
  })

  it('never throws', () => {
    const property = fc.property(fc.oneof(fc.string(), fc.json()), text => {
      expect(parseRecord(text)).toHaveProperty('type')
    })
    fc.assert(property)
  })
})
