/** The basic character set of GSM 03.38: one septet each. One character outside it makes a whole SMS twice as long. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)

const LIKE: Readonly<Record<string, string>> = {
  '[': '(',
  ']': ')',
  '{': '(',
  '}': ')',
  '`': "'",
  '…': '...',
}

/**
 * The text in at most so many septets of the GSM basic set: letters lose accents that the set does not have, other
 * characters become a dot, and what is too long ends in three dots.
 */
export function gsmText(text: string, septets: number): string {
  const plain = Array.from(text, gsmCharacter).join('')
  return plain.length <= septets ? plain : `${plain.slice(0, septets - 3)}...`
}

function gsmCharacter(character: string): string {
  if (character === '\n' || character === '\r' || character === '\t') return ' '
  if (BASIC.has(character)) return character
  const like = LIKE[character]
  if (like !== undefined) return like
  const [base = ''] = character.normalize('NFD')
  return BASIC.has(base) ? base : '.'
}
