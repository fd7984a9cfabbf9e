import { badPattern, type PatternPath } from './bad-pattern.ts'

/**
 * Compiles a wildcard: `*` stands for any characters, `/` among them, or none; `\*` and `\\` for themselves.
 *
 * Finds each literal piece at its leftmost place behind the one before; that is enough, because `*` has no limits
 * of its own. So no pattern takes more than one pass over the text.
 */
export function compileWildcard(pattern: string, path: PatternPath): (text: string) => boolean {
  const pieces = splitAtStars(pattern, path)
  const head = pieces[0] ?? ''
  if (pieces.length === 1) return text => text === head
  const tail = pieces.at(-1) ?? ''
  const middle = pieces.slice(1, -1)
  return text => {
    if (text.length < head.length + tail.length) return false
    if (!text.startsWith(head) || !text.endsWith(tail)) return false
    return holdsInOrder(text, middle, head.length, text.length - tail.length)
  }
}

function holdsInOrder(text: string, pieces: readonly string[], from: number, end: number): boolean {
  let position = from
  for (const piece of pieces) {
    const found = text.indexOf(piece, position)
    if (found < 0) return false
    position = found + piece.length
  }
  return position <= end
}

function splitAtStars(pattern: string, path: PatternPath): readonly string[] {
  const pieces: string[] = []
  let piece = ''
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at)
    if (character === '\\') {
      piece += escaped(pattern.charAt(++at), path)
    } else if (character === '*') {
      if (pattern.charAt(at + 1) === '*') {
        throw badPattern(path, '"**" in a wildcard. One "*" is enough: it crosses "/" as well.')
      }
      pieces.push(piece)
      piece = ''
    } else {
      piece += character
    }
  }
  return [...pieces, piece]
}

function escaped(character: string, path: PatternPath): string {
  if (character === '*' || character === '\\') return character
  throw badPattern(
    path,
    'a "\\" in a wildcard that stands before neither "*" nor "\\". Write "\\\\" for one.',
  )
}
