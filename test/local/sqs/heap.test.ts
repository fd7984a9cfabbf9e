import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Heap, type Heaped } from '../../../src/local/sqs/heap.ts'

interface Card extends Heaped {
  rank: number
}

function heapOf(ranks: readonly number[]): { heap: Heap<Card>; cards: Card[] } {
  const heap = new Heap<Card>((left, right) => left.rank < right.rank)
  const cards = ranks.map(rank => ({ rank, place: -1 }))
  for (const card of cards) heap.add(card)
  return { heap, cards }
}

function drain(heap: Heap<Card>): number[] {
  const ranks: number[] = []
  for (let first = heap.first(); first !== undefined; first = heap.first()) {
    ranks.push(first.rank)
    heap.remove(first)
  }
  return ranks
}

it('gives its items in order, whatever was moved and removed before', () => {
  const change = fc.record({ of: fc.nat(50), rank: fc.option(fc.integer(), { nil: undefined }) })
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.array(change), (ranks, changes) => {
      const { heap, cards } = heapOf(ranks)
      const left = new Set(cards)
      for (const { of, rank } of changes) {
        const card = cards[of]
        if (card === undefined || !left.has(card)) continue
        if (rank === undefined) {
          heap.remove(card)
          left.delete(card)
        } else {
          card.rank = rank
          heap.moved(card)
        }
      }
      expect(drain(heap)).toEqual([...left].map(card => card.rank).sort((a, b) => a - b))
    }),
  )
})

it('leaves alone an item that it does not hold', () => {
  const { heap } = heapOf([2, 1])
  heap.remove({ rank: 0, place: 0 })
  heap.remove({ rank: 0, place: -1 })
  expect(drain(heap)).toEqual([1, 2])
})
