import { onMessages } from '../src/aws/on-messages.ts'
import { recorder } from '../src/aws/service/recorder.ts'
import { parseObjectCreated } from '../src/core/event/object-created.ts'
import { startFromObject } from '../src/service/start-from-object.ts'

/** S3 `Object Created`: every workflow with a trigger for this object gets a run. */
export const handler = onMessages(recorder, parseObjectCreated, startFromObject)
