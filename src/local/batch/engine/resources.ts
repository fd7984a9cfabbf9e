/** What a job asks of the machine, and what a compute environment has. */
export interface Resources {
  readonly vcpus: number
  /** MiB */
  readonly memory: number
  readonly gpus: number
}

/** What a compute environment has, and what is taken of it now. */
export class Capacity {
  #total: Resources
  #vcpus = 0
  #memory = 0
  #gpus = 0

  constructor(total: Resources) {
    this.#total = total
  }

  /** A smaller total stops nothing that runs; it only lets nothing new in. */
  resize(total: Resources): void {
    this.#total = total
  }

  get total(): Resources {
    return this.#total
  }

  get used(): Resources {
    return { vcpus: this.#vcpus, memory: this.#memory, gpus: this.#gpus }
  }

  /** True when it fits in now. */
  fits(wanted: Resources): boolean {
    return holds(this.#total, {
      vcpus: this.#vcpus + wanted.vcpus,
      memory: this.#memory + wanted.memory,
      gpus: this.#gpus + wanted.gpus,
    })
  }

  /** True when it would fit in were nothing taken. */
  canHold(wanted: Resources): boolean {
    return holds(this.#total, wanted)
  }

  take(wanted: Resources): void {
    this.#vcpus += wanted.vcpus
    this.#memory += wanted.memory
    this.#gpus += wanted.gpus
  }

  release(taken: Resources): void {
    this.#vcpus -= taken.vcpus
    this.#memory -= taken.memory
    this.#gpus -= taken.gpus
  }
}

function holds(total: Resources, wanted: Resources): boolean {
  return wanted.vcpus <= total.vcpus && wanted.memory <= total.memory && wanted.gpus <= total.gpus
}
