import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installDebianTools } from './debian-tools.ts'
import { writeSummary } from './summary.ts'

// Everything that `npm test -- …` is given goes to vitest.
installDebianTools()

const folder = mkdtempSync(join(tmpdir(), 'ingot-test-'))
try {
  process.exitCode = run(join(folder, 'report.json'))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function run(report: string): number {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const vitest = spawnSync('vitest', ['run', ...reporters, ...process.argv.slice(2)], { stdio: 'inherit' })
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, success } = JSON.parse(
    readFileSync(report, 'utf8'),
  )
  const failed = success || numFailedTests > 0 ? numFailedTests : 1
  writeSummary({ passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests })
  return vitest.status ?? 1
}
