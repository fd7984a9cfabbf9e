import { expect, it } from 'vitest'
import { gsmText } from '../../../src/core/alert/gsm.ts'

it.each([
  ['what the set has stays', 'Ünter §5_$ ok: ä', 'Ünter §5_$ ok: ä'],
  ['letters lose accents the set lacks', 'čšž ń ê', 'csz n e'],
  ['brackets become round', '[dev] {x} `y`', "(dev) (x) 'y'"],
  ['others become a dot', '€ 漢 😀', '. . .'],
  ['lines become one', 'a\nb\tc', 'a b c'],
])('%s', (_title, text, expected) => expect(gsmText(text, 140)).toBe(expected))

it('cuts what is too long', () => {
  expect(gsmText('x'.repeat(141), 140)).toBe(`${'x'.repeat(137)}...`)
  expect(gsmText('x'.repeat(140), 140)).toBe('x'.repeat(140))
})
