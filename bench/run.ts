import { mkdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Figure, type Run, Skip } from './figure.ts'
import { figures } from './figures.ts'
import { leaveNothing } from './leave-nothing.ts'
import { load, thisMachine } from './machine.ts'
import { closingLine, machineLine, type Outcome, outcomeJson, outcomeText } from './report.ts'

/** Seconds after which a figure counts as failed: one that hangs must not hide the others. */
const longestFigure = 180

const usage = `npm run bench -- [NAME …] [--quick] [--json] [--profile FOLDER]

  NAME      figures whose names start so; all of them unless told
  --quick   fewer and shorter rounds: under two minutes instead of under ten
  --json    one object with every sample, for programs
  --profile a folder for CPU profiles of the servers under load

Figures:
${figures.map(({ name, title }) => `  ${name.padEnd(20)}${title}`).join('\n')}`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: 'boolean', short: 'h' },
    quick: { type: 'boolean' },
    json: { type: 'boolean' },
    profile: { type: 'string' },
  },
})
const chosen = figures.filter(
  ({ name }) => positionals.length === 0 || positionals.some((start) => name.startsWith(start)),
)
if (values.help) console.log(usage)
else if (chosen.length === 0) {
  console.error(`No figure's name starts with ${positionals.join(' or ')}.\n\n${usage}`)
  process.exitCode = 2
} else await measureAll()

async function measureAll(): Promise<void> {
  const { quick = false, json = false, profile } = values
  if (profile) mkdirSync(profile, { recursive: true })
  leaveNothing()
  const machine = thisMachine()
  if (!json) console.log(machineLine(machine))
  const outcomes: Outcome[] = []
  for (const figure of chosen) {
    const outcome = await outcomeOf(figure, { quick, profile })
    outcomes.push(outcome)
    if (!json) console.log(`\n${outcomeText(outcome)}`)
  }
  if (json) console.log(JSON.stringify({ machine, quick, figures: outcomes.map(outcomeJson) }, null, 2))
  else console.log(`\n${closingLine(outcomes)}`)
  // What a figure that failed has left open must not keep the bench alive.
  process.exit(outcomes.some(({ failed }) => failed) ? 1 : 0)
}

async function outcomeOf(figure: Figure, run: Run): Promise<Outcome> {
  const before = load()
  const start = performance.now()
  const end = () => ({
    load: { before, after: load() },
    seconds: (performance.now() - start) / 1000,
  })
  try {
    const readings = await Promise.race([figure.measure(run), tooLong()])
    return { figure, readings, ...end() }
  } catch (error) {
    if (error instanceof Skip) return { figure, readings: [], skipped: error.message, ...end() }
    const failed = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { figure, readings: [], failed, ...end() }
  }
}

function tooLong(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`it took more than ${longestFigure} s`)), longestFigure * 1000).unref()
  })
}
