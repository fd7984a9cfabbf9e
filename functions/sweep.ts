import { watcher } from '../src/aws/service/watcher.ts'
import { sweep } from '../src/service/sweep.ts'

/** Every minute: runs that are owed something are asked to advance, silent jobs are asked after. */
export const handler = async (): Promise<void> => sweep(watcher())
