import { expect, it } from 'vitest'
import { readWorkflow } from '../../src/core/workflow/read-workflow.ts'
import { itemPlaces } from '../../src/deploy/item-places.ts'
import { ref } from '../../src/deploy/template/cloudformation.ts'

const names = { inputBucket: ref('InputBucket'), outputBucket: 'out' }

function placesOf(arrays: readonly string[], collect = 'count: 2') {
  const jobs = arrays.map(
    (array, index) => `  j${index}: { jobDefinition: x, timeout: 1h, array: { ${array} } }`,
  )
  const trigger = `{ object: { bucket: "\${stack.inputBucket}", key: "runs/{run}/{part}", collect: { by: "\${trigger.run}", until: { ${collect} } } } }`
  const text = ['workflow: w', `triggers: [${trigger}]`, 'jobs:', ...jobs].join('\n')
  const { workflow, diagnostics } = readWorkflow(text, 'w.yaml', { stackNames: Object.keys(names) })
  if (workflow === undefined) throw new Error(JSON.stringify(diagnostics))
  return itemPlaces([workflow], names)
}

it.each<[string, readonly string[], readonly object[]]>([
  ['a bucket by its name', ['lines: "s3://lists/a/${run.id}.txt"'], [{ bucket: 'lists', head: 'a/' }]],
  [
    'a bucket of the stack',
    ['objects: "s3://${stack.inputBucket}/x/"'],
    [{ bucket: names.inputBucket, head: 'x/' }],
  ],
  [
    'the bucket of the trigger',
    ['objects: "s3://${trigger.bucket}/x/"'],
    [{ bucket: names.inputBucket, head: '' }],
  ],
  [
    'what the run writes',
    ['lines: "${run.output}/x"', 'lines: "${trigger.objects}"'],
    [{ bucket: 'out', head: '' }],
  ],
  ['nothing for items of the file', ['items: [a, b]'], []],
])('lets the function read %s', (_title, arrays, places) => {
  expect(placesOf(arrays)).toEqual(places)
})

it('lets the function read the manifest of a set', () => {
  expect(placesOf(['items: [a]'], 'manifest: list.json')).toEqual([
    { bucket: names.inputBucket, head: 'runs/' },
  ])
})
