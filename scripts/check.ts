import { spawnSync } from 'node:child_process'
import { layerViolations } from './layers.ts'
import { writeSummary } from './summary.ts'

/** What must hold of the sources before they are tested; each prints what it finds. */
const checks: Readonly<Record<string, () => boolean>> = {
  types: () => succeeds('tsc', ['-p', '.']),
  'style and lint': () => succeeds('biome', ['check', '.']),
  'import direction': () => isEmpty(layerViolations(process.cwd())),
  'dead code': () => succeeds('knip', ['--no-progress', '--no-config-hints']),
}

const results = Object.entries(checks).map(([name, check]) => {
  const start = performance.now()
  const ok = check()
  console.log(`${ok ? 'ok    ' : 'FAILED'}  ${name}  ${((performance.now() - start) / 1000).toFixed(1)} s`)
  return ok
})
const passed = results.filter(Boolean).length
writeSummary({ passed, failed: results.length - passed, skipped: 0 })
process.exitCode = passed === results.length ? 0 : 1

function succeeds(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'inherit' }).status === 0
}

function isEmpty(findings: readonly string[]): boolean {
  for (const finding of findings) console.log(finding)
  return findings.length === 0
}
