import { answerTasks } from '../run/thread.ts'
import { simulateStorm } from './storm.ts'

answerTasks((uploads: number) => simulateStorm(uploads))
