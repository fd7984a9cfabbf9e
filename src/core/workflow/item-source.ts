/** Where the items of an array are read: a bucket that is known at deploy, and the template of a key or prefix in it. */
export interface ItemSource {
  readonly bucket:
    | { readonly type: 'named' /** A name, or `${stack.NAME}`. */; readonly name: string }
    /** Of the objects that start runs. */
    | { readonly type: 'trigger' }
    /** Where results go. */
    | { readonly type: 'output' }
  readonly key: string
}

const NAMED = /^s3:\/\/([^/${}]+|\$\{stack\.[^{}]+\})\/(.*)$/s
const OF_TRIGGER = /^(?:s3:\/\/\$\{trigger\.bucket\}\/|(?=\$\{trigger\.uri\}))(.*)$/s
const OF_OUTPUT = /^(?:\$\{run\.output\}\/|(?=\$\{trigger\.objects\})|\$\{trigger\.output\}\/)(.*)$/s

/** Takes the URI of `lines` or `objects` apart; undefined where nobody can say before a run which bucket it is. */
export function parseItemSource(uri: string): ItemSource | undefined {
  const [, name, key] = NAMED.exec(uri) ?? []
  if (name !== undefined && key !== undefined) return { bucket: { type: 'named', name }, key }
  const [, ofTrigger] = OF_TRIGGER.exec(uri) ?? []
  if (ofTrigger !== undefined) return { bucket: { type: 'trigger' }, key: ofTrigger }
  const [, ofOutput] = OF_OUTPUT.exec(uri) ?? []
  return ofOutput === undefined ? undefined : { bucket: { type: 'output' }, key: ofOutput }
}
