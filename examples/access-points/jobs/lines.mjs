/** @typedef {{ readonly type: 'line', readonly number: number, readonly text: string }} TextLine */
/** @typedef {{ readonly type: 'unreadable', readonly number: number, readonly reason: 'not UTF-8' | 'too long' }} UnreadableLine */
/** @typedef {TextLine | UnreadableLine} Line */

const NEWLINE = 10

/**
 * Cuts a stream of bytes into lines, numbered from 1, each ended by LF, CR LF or the end of the stream. A byte order
 * mark before the first is left out. Not `node:readline`: it also splits at U+2028, which may stand in JSON texts.
 * Memory is bounded by the longest line allowed.
 *
 * @param {AsyncIterable<Uint8Array>} chunks
 * @param {number} [longest] bytes; a longer line is passed over and reported as too long
 * @returns {AsyncGenerator<Line>}
 */
export async function* linesOf(chunks, longest = Number.POSITIVE_INFINITY) {
  const gathered = lineBuffer(longest)
  let number = 1
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      gathered.add(chunk.subarray(start, end))
      yield readLine(gathered.take(), number)
      number += 1
      start = end + 1
    }
    gathered.add(chunk.subarray(start))
  }
  if (gathered.size() > 0) yield readLine(gathered.take(), number)
}

/** @param {number} longest */
function lineBuffer(longest) {
  /** @type {Uint8Array[]} */
  let pieces = []
  let size = 0
  return { add, take, size: () => size }

  /** @param {Uint8Array} piece */
  function add(piece) {
    size += piece.length
    if (size > longest) pieces = []
    else pieces.push(piece)
  }

  /** @returns {Buffer | undefined} nothing if the line was too long */
  function take() {
    const line = size > longest ? undefined : Buffer.concat(pieces)
    pieces = []
    size = 0
    return line
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * @param {Buffer | undefined} bytes
 * @param {number} number
 * @returns {Line}
 */
function readLine(bytes, number) {
  if (bytes === undefined) return { type: 'unreadable', number, reason: 'too long' }
  try {
    const text = utf8.decode(bytes).replace(/\r$/, '')
    return { type: 'line', number, text: number === 1 ? text.replace(/^\uFEFF/, '') : text }
  } catch {
    // A fatal decoder throws for this one reason only.
    return { type: 'unreadable', number, reason: 'not UTF-8' }
  }
}
