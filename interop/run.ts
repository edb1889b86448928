import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Summary, writeSummary } from '../scripts/summary.ts'
import { withoutTerraform } from './harness/terraform.ts'
import { recordResults, type VitestReport } from './results.ts'
import { build, isBuilt } from './toolchain/build-once.ts'
import { goVersion } from './toolchain/go.ts'
import { allPrograms } from './toolchain/programs.ts'

// Everything that `npm run interop -- …` is given goes to vitest, for example `scenarios/child.ts`; except `--record`, after
// which results.json holds what this run showed.
const given = process.argv.slice(2)
const record = given.includes('--record')
const go = goVersion()
if (go) await everything(go)
else withoutGo()

function withoutGo(): void {
  const inCi = Boolean(process.env['CI'])
  console.log(`${inCi ? 'FAILED' : 'skipped'}  interop: there is no "go" on the PATH.`)
  console.log("Install Go 1.26 or later (https://go.dev/dl): the suite builds HashiCorp's packer with it.")
  finish(inCi ? { passed: 0, failed: 1, skipped: 0 } : { passed: 0, failed: 0, skipped: 1 })
}

async function everything(go: string): Promise<void> {
  try {
    await buildWhatIsMissing(go)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return finish({ passed: 0, failed: 1, skipped: 0 })
  }
  const summary = await runScenarios()
  if (withoutTerraform) console.log(`skipped  scenarios/terraform-*: ${withoutTerraform}.`)
  finish(summary)
}

async function buildWhatIsMissing(go: string): Promise<void> {
  const missing = allPrograms.filter((program) => !isBuilt(program, go))
  for (const [index, program] of missing.entries()) {
    console.log(`Building ${program.name}, ${index + 1} of ${missing.length} (minutes, once) …`)
    const start = performance.now()
    await build(program, go)
    console.log(`Built ${program.name} in ${Math.round((performance.now() - start) / 1000)} s`)
  }
}

async function runScenarios(): Promise<Summary> {
  const folder = mkdtempSync(join(tmpdir(), 'ingot-interop-'))
  const report = join(folder, 'report.json')
  try {
    const reporters = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${report}`]
    const config = join(import.meta.dirname, 'vitest.config.ts')
    const status = await vitest([
      'run',
      '--config',
      config,
      ...reporters,
      ...given.filter((each) => each !== '--record'),
    ])
    return summaryOf(report, status === 0)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A terminal sends Ctrl-C to vitest as well; what only this process hears is passed on. */
async function vitest(args: readonly string[]): Promise<number | null> {
  const child = spawn('vitest', args, { stdio: 'inherit' })
  process.on('SIGINT', () => undefined)
  for (const name of ['SIGTERM', 'SIGHUP'] as const) process.on(name, () => child.kill(name))
  const [status] = await once(child, 'exit')
  return status
}

/** A run that failed outside its scenarios, or wrote no report at all, has one failure. */
function summaryOf(report: string, ok: boolean): Summary {
  const read = readReport(report)
  if (record) recordResults(read, new Date())
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = read
  const failed = ok ? numFailedTests : Math.max(numFailedTests, 1)
  return { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests }
}

function readReport(report: string): Report {
  try {
    return JSON.parse(readFileSync(report, 'utf8'))
  } catch (error) {
    console.error(`There is no report of the scenarios: ${error}`)
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] }
  }
}

interface Report extends VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
}

function finish(summary: Summary): void {
  const { passed, failed, skipped } = summary
  console.log(`interop: ${passed} passed, ${failed} failed, ${skipped} skipped`)
  writeSummary(summary)
  process.exitCode = failed === 0 ? 0 : 1
}
