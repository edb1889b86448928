import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { apply, copyPackage, prepareCopies } from './twins/broken-copy.ts'
import { registryTwins } from './twins/registry.ts'
import type { Twin } from './twins/twin.ts'

// Each twin is a copy of a package with one thing broken on purpose; the test that is named for it must fail there, and must
// pass in a sound copy.
const twins: readonly Twin[] = registryTwins

interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[]
  }[]
}

const folder = mkdtempSync(join(tmpdir(), 'ingot-twins-'))
try {
  process.exitCode = tryAll()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function tryAll(): number {
  prepareCopies(folder)
  const files = new Set<string>()
  for (const [index, twin] of twins.entries()) {
    copyPackage(folder, { of: twin.of, as: soundCopy(twin) })
    const copy = copyPackage(folder, { of: twin.of, as: brokenCopy(index) })
    for (const patch of twin.patches) apply(patch, copy)
    for (const as of [soundCopy(twin), brokenCopy(index)]) files.add(`packages/${as}/${twin.caughtBy.file}`)
  }
  const report = run([...files])
  const escaped = twins.filter((twin, index) => !isCaught(report, twin, index))
  console.log(
    `${twins.length - escaped.length} of ${twins.length} twins are caught by the tests named for them`,
  )
  return escaped.length === 0 ? 0 : 1
}

function soundCopy({ of }: Twin): string {
  return `sound-${of}`
}

function brokenCopy(index: number): string {
  return `twin-${index}`
}

function run(files: readonly string[]): Report {
  const output = join(folder, 'report.json')
  const config = resolve('vitest.config.ts')
  const args = ['run', '--root', folder, '--config', config, '--reporter=json', `--outputFile=${output}`]
  spawnSync('vitest', [...args, ...files], { stdio: ['ignore', 'ignore', 'inherit'] })
  return JSON.parse(readFileSync(output, 'utf8')) as Report
}

function isCaught(report: Report, twin: Twin, index: number): boolean {
  const { name, caughtBy } = twin
  const sound = statusOf(report, soundCopy(twin), caughtBy)
  const broken = statusOf(report, brokenCopy(index), caughtBy)
  const caught = sound === 'passed' && broken === 'failed'
  const how = caught ? '' : ` (sound: ${sound}, broken: ${broken})`
  console.log(`${caught ? 'caught ' : 'ESCAPED'}  ${twin.of} ${name}: “${caughtBy.title}”${how}`)
  return caught
}

function statusOf(report: Report, as: string, { file, title }: Twin['caughtBy']): string {
  const results = report.testResults.find(({ name }) => name.endsWith(`/packages/${as}/${file}`))
  return results?.assertionResults.find((each) => each.title === title)?.status ?? 'not run'
}
