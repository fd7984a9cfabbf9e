import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A message as local mode would have sent it. */
export interface SentAlert {
  /** ISO 8601. */
  readonly time: string
  readonly subject: string
  readonly email: string
  readonly attributes: Readonly<Record<string, string>>
  /** The mail, as a mail program opens it. */
  readonly file: string
}

/** The messages in the outbox of local mode, newest first. */
export function readOutbox(dataFolder: string, limit: number): readonly SentAlert[] {
  const folder = join(dataFolder, 'outbox')
  const names = filesIn(folder).filter(name => name.endsWith('.json'))
  return names
    .sort()
    .reverse()
    .slice(0, limit)
    .map(name => readAlert(join(folder, name)))
}

/** The outbox is made with the first message. */
function filesIn(folder: string): readonly string[] & { sort(): string[] } {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

interface Publication {
  readonly time?: string
  readonly subject?: string
  readonly messages?: Readonly<Record<string, string>>
  readonly attributes?: Readonly<Record<string, { readonly value?: string }>>
}

function readAlert(file: string): SentAlert {
  const {
    time = '',
    subject = '',
    messages = {},
    attributes = {},
  } = JSON.parse(readFileSync(file, 'utf8')) as Publication
  return {
    time,
    subject,
    email: messages['email'] ?? messages['default'] ?? '',
    attributes: Object.fromEntries(Object.entries(attributes).map(([name, { value = '' }]) => [name, value])),
    file: file.replace(/\.json$/, '.eml'),
  }
}
