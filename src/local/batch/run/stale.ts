import { markedBy } from './job-environment.ts'
import { killByEnvironment } from './process-tree.ts'

/** Kills what an earlier life of this data folder left running: nobody would hear of its end. */
export function killStale(marker: string): void {
  killByEnvironment(markedBy(marker))
}
