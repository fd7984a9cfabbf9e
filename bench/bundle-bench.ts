import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type BundlePair, buildBundles } from './bundles/build-bundles.ts'
import { type ColdSubmit, startColdSubmits } from './bundles/cold-submit.ts'
import { initTime } from './bundles/init-time.ts'
import type { Result, Row } from './result.ts'
import { spreadOf } from './spread.ts'
import { inTempFolder } from './temp-folder.ts'

const KILOBYTE = 1000
/** Functions that submit and record, in KB. */
const SIZE = 450
const SIZE_OF_ALL = 650
/** Of what esbuild's defaults give. */
const TIME_SHARE = 0.75
const INITS = 11
const COLD = 15
const BESIDE = "the same by esbuild's defaults"

/** Size, start and first SubmitJob of the functions as they are packaged, beside esbuild's defaults. */
export function bundleBench(root: string): Promise<Result> {
  return inTempFolder(async folder => {
    const rows: Row[] = []
    for (const name of functionNames(root)) {
      const pair = await buildBundles(root, join(folder, name), name)
      rows.push(...sizeRows(pair), await initRow(pair))
      if (name === 'advance') rows.push(...(await coldRows(root, join(folder, 'local'), pair)))
    }
    return { rows }
  })
}

function functionNames(root: string): readonly string[] {
  return readdirSync(join(root, 'functions')).map(file => file.replace(/\.ts$/, ''))
}

function sizeRows({ name, ours, plain }: BundlePair): readonly Row[] {
  const row = (what: string, bytes: number, target: number): Row => ({
    name: `${name}: ${what}`,
    unit: 'KB',
    target,
    measured: spreadOf([bytes / KILOBYTE]),
    floor: { of: BESIDE, value: plain.bytes / KILOBYTE },
  })
  const all = ours.bytes + ours.lazyBytes
  return [
    row('bundle', ours.bytes, SIZE),
    ...(ours.lazyBytes > 0 ? [row('bundle, with what is loaded when it is needed', all, SIZE_OF_ALL)] : []),
  ]
}

async function initRow({ name, ours, plain }: BundlePair): Promise<Row> {
  const own: number[] = []
  const others: number[] = []
  for (let round = 0; round < INITS; round++) {
    others.push(await initTime(plain.file))
    own.push(await initTime(ours.file))
  }
  const beside = spreadOf(others).median
  return {
    name: `${name}: CPU to load it`,
    unit: 'ms',
    target: Math.round(beside * TIME_SHARE),
    measured: spreadOf(own),
    floor: { of: BESIDE, value: beside },
  }
}

async function coldRows(
  root: string,
  folder: string,
  { name, ours, plain }: BundlePair,
): Promise<readonly Row[]> {
  const submits = await startColdSubmits(root, folder)
  const own: ColdSubmit[] = []
  const others: ColdSubmit[] = []
  // By turns: what else the machine does falls on both.
  for (let round = 0; round < COLD; round++) {
    others.push(await submits.measure(plain.file))
    own.push(await submits.measure(ours.file))
  }
  await submits.stop()
  const row = (what: string, of: (it: ColdSubmit) => number): Row => {
    const beside = spreadOf(others.map(of)).median
    return {
      name: `${name}: cold, loading to first SubmitJob, ${what}`,
      unit: 'ms',
      target: Math.round(beside * TIME_SHARE),
      measured: spreadOf(own.map(of)),
      floor: { of: BESIDE, value: beside },
    }
  }
  return [row('clock', ({ clock }) => clock), row('CPU', ({ cpu }) => cpu)]
}
