/** A failure somebody can mend: its message is all that is shown of it. Anything else that is thrown is a bug. */
export class JobError extends Error {
  /** @override @type {string} */
  name = 'JobError'
}

/**
 * Text from outside (a key, a floor's name) as it may stand in one line of a log: control and
 * direction-changing characters escaped, cut after `longest` characters.
 *
 * @param {string} text
 * @param {number} [longest]
 */
export function shown(text, longest = 200) {
  const characters = Array.from(text)
  const cut = characters.length > longest ? `${characters.slice(0, longest).join('')}...` : text
  return cut.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, escapeCharacter)
}

/** @param {string} character */
function escapeCharacter(character) {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}
