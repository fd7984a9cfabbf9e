import { type Command, decide } from '../../../src/core/run/decide.ts'
import type { Snapshot } from '../../../src/core/run/job-view.ts'
import { type Graph, NOW, TIMES } from './given.ts'

export const SIX: Graph = { a: {}, b: 'a', c: 'a', d: ['a', 'b'], e: 'c', f: ['d', 'e'] }
export const FORK: Graph = { a: {}, b: 'a', c: 'a', d: ['b', 'c'] }

/** What is decided now, a few words for each command. */
export const commandsOf = (snapshot: Snapshot, times = TIMES) => decide(snapshot, times, NOW).map(inShort)

function inShort(command: Command): string {
  switch (command.type) {
    case 'submit': {
      const edges = command.native.map(({ job, type }) => `${job}${type ? ` ${type}` : ''}`)
      return `submit ${command.job}#${command.submission}${edges.length > 0 ? ` after ${edges.join(', ')}` : ''}`
    }
    case 'finish':
      return `finish ${command.status}`
    case 'publishAlert':
      return `alert ${command.alert}`
    case 'announce':
    case 'closeSet':
    case 'takeMembers':
    case 'checkManifest':
    case 'freeSlot':
      return command.type
    case 'answerTask':
      return `answer ${command.name}`
    case 'raiseAlert':
      return `raise ${command.alert}`
    default:
      return `${command.type} ${command.record.job}`
  }
}
