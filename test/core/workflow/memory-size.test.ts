import { expect, it } from 'vitest'
import { formatMemorySize, parseMemorySize } from '../../../src/core/workflow/memory-size.ts'

it.each([
  [2048, 2048],
  ['512MiB', 512],
  ['2GiB', 2048],
  ['2 GiB', 2048],
  ['1.5GiB', 1536],
  ['0.5MiB', undefined],
  ['1TiB', 1_048_576],
  ['2GB', undefined],
  ['2048', undefined],
  ['2gib', undefined],
  ['', undefined],
  [1.5, undefined],
  [-1, undefined],
])('reads %j as %s MiB', (size, mebibytes) => expect(parseMemorySize(size)).toBe(mebibytes))

it.each([
  [2048, '2GiB'],
  [512, '512MiB'],
  [1536, '1536MiB'],
])('writes %d MiB as %s', (mebibytes, text) => expect(formatMemorySize(mebibytes)).toBe(text))
