import type { Arrow, Drawing } from './drawing.ts'
import { statusColor } from './status-color.ts'

const STYLES: Readonly<Record<Arrow['when'], string>> = {
  success: '',
  failure: ' [style=dashed, label="failure"]',
  always: ' [label="always"]',
}

/** Graphviz. @see https://graphviz.org/doc/info/lang.html */
export function dotOf({ title, nodes, arrows }: Drawing): readonly string[] {
  return [
    `digraph ${quoted(title)} {`,
    '  rankdir=LR',
    '  node [shape=box, style="rounded,filled"]',
    ...nodes.map(({ name, note, status }) => {
      const label = [name, ...(note === '' ? [] : [note])].join('\\n')
      return `  ${quoted(name)} [label="${label}", fillcolor="${statusColor(status)}"]`
    }),
    ...arrows.map(({ from, to, when }) => `  ${quoted(from)} -> ${quoted(to)}${STYLES[when]}`),
    '}',
  ]
}

/** Names of jobs and workflows hold neither quotes nor backslashes. */
function quoted(text: string): string {
  return `"${text}"`
}
