import type { Arrow, Drawing } from './drawing.ts'
import { statusColor } from './status-color.ts'

const LINKS: Readonly<Record<Arrow['when'], string>> = {
  success: '-->',
  failure: '-. failure .->',
  always: '-- always -->',
}

/** Mermaid, as GitHub renders it in Markdown. @see https://mermaid.js.org/syntax/flowchart.html */
export function mermaidOf({ nodes, arrows }: Drawing): readonly string[] {
  const ids = new Map(nodes.map(({ name }, index) => [name, `job${index}`]))
  const statuses = [...new Set(nodes.flatMap(({ status }) => status ?? []))]
  return [
    'flowchart LR',
    ...nodes.map(({ name, note, status }) => {
      const label = [name, ...(note === '' ? [] : [note])].join('<br>')
      return `  ${ids.get(name)}["${label}"]${status === undefined ? '' : `:::${status}`}`
    }),
    ...arrows.map(({ from, to, when }) => `  ${ids.get(from)} ${LINKS[when]} ${ids.get(to)}`),
    ...statuses.map(status => `  classDef ${status} fill:${statusColor(status)},stroke:#555`),
  ]
}
