import { onMessages } from '../src/aws/on-messages.ts'
import { stopper } from '../src/aws/service/stopper.ts'
import { parseJobNews } from '../src/core/event/job-news.ts'
import { recordNews } from '../src/service/record-news.ts'

/** The end of a Batch job or an execution: the run it belongs to moves on. `Batch Job Queue Blocked`: noted for the sweep. */
export const handler = onMessages(stopper, parseJobNews, recordNews)
