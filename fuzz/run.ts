import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { complaint, type Searched } from './search/search.ts'
import type { Target } from './target.ts'
import { allTargets } from './targets.ts'
import { searchWatched } from './watched.ts'

const targets = await allTargets()

const usage = `npm run fuzz -- [NAME …] [--seconds N] [--seed N] [--input BASE64]

  NAME      decoders whose names start so; all of them unless told
  --seconds how long each is tried; 10 unless told
  --seed    of the numbers that choose: the same gives the same inputs, as far as they come in the time
  --input   tries this input alone, as a finding was printed

Decoders:
${targets.map(({ name, title }) => `  ${name.padEnd(20)}${title}`).join('\n')}`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: 'boolean', short: 'h' },
    seconds: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    input: { type: 'string' },
  },
})
const chosen = targets.filter(
  ({ name }) => positionals.length === 0 || positionals.some((start) => name.startsWith(start)),
)
if (values.help) console.log(usage)
else if (chosen.length === 0) {
  console.error(`No decoder's name starts with ${positionals.join(' or ')}.\n\n${usage}`)
  process.exitCode = 2
} else if (values.input !== undefined) await replay(Buffer.from(values.input, 'base64'))
else await searchAll(Number(values.seed), Number(values.seconds) * 1000)

async function replay(input: Uint8Array): Promise<void> {
  for (const target of chosen) {
    const what = await complaint(target, input)
    console.log(`${target.name}: ${what ?? 'read or refused as it should be'}`)
    if (what !== undefined) process.exitCode = 1
  }
}

/** As many at once as there are processors. */
async function searchAll(seed: number, milliseconds: number): Promise<void> {
  console.log(`seed ${seed}, ${milliseconds / 1000} s each`)
  const left = [...chosen]
  const work = async () => {
    for (let target = left.shift(); target; target = left.shift())
      report(target, await searchWatched({ group: target.group, name: target.name, milliseconds, seed }))
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
}

function report({ name }: Target, { inputs, kept, steps, finding }: Searched): void {
  const count = (number: number) => number.toLocaleString('en').padStart(10)
  console.log(
    `${finding ? 'FOUND ' : 'ok    '}${name.padEnd(20)}${count(inputs)} inputs${count(kept)} kept${count(steps)} steps`,
  )
  if (!finding) return
  const input = Buffer.from(finding.input).toString('base64')
  console.log(`${finding.what}\n  npm run fuzz -- ${name} --input '${input}'`)
  process.exitCode = 1
}
