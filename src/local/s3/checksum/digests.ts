import { type ChecksumAlgorithm, createDigest, type Digest } from './checksums.ts'

/** Several checksums over one pass of the bytes, each algorithm only once however many want it. */
export class Digests {
  readonly #running = new Map<ChecksumAlgorithm, Digest>()
  readonly #results = new Map<ChecksumAlgorithm, Buffer>()

  constructor(algorithms: Iterable<ChecksumAlgorithm | undefined>) {
    for (const algorithm of algorithms) {
      if (algorithm !== undefined) this.#running.set(algorithm, createDigest(algorithm))
    }
  }

  /** Passes the bytes on and takes them into every checksum. */
  async *through(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      for (const digest of this.#running.values()) digest.update(chunk)
      yield chunk
    }
  }

  /** The result, once all bytes have passed. It must be one of the algorithms asked for at the start. */
  result(algorithm: ChecksumAlgorithm): Buffer {
    const result = this.#results.get(algorithm) ?? this.#running.get(algorithm)?.digest()
    if (result === undefined) throw new Error(`The checksum ${algorithm} was never asked for.`)
    this.#results.set(algorithm, result)
    return result
  }
}
