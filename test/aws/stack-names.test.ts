import { expect, it } from 'vitest'
import { stackNames } from '../../src/aws/stack-names.ts'
import { LOCAL_BUS, LOCAL_STACK_NAME } from '../../src/local/stack/local-names.ts'

it('names the resources of local mode as it names them itself', () => {
  const { stackName, bus } = stackNames('local')
  expect({ stackName, bus }).toEqual({ stackName: LOCAL_STACK_NAME, bus: LOCAL_BUS })
})
