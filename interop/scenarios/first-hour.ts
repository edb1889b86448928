import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { components, createPlugin } from 'create-ingot-plugin'
import { expect, test } from 'vitest'
import { startCommand } from '../harness/command.ts'
import { temporaryFolder } from '../harness/folder.ts'
import { packerProgram } from '../toolchain/programs.ts'

const clone = join(import.meta.dirname, '..', '..')
const packer = packerProgram('1.16.0').binary
const folder = 'packer-plugin-happy-cloud'

/** What an author types from a clone on; the commands before are `git clone`, `cd` and `npm install`. */
const commands = [
  `npm create ingot-plugin "$WORK/${folder}" -- --yes`,
  `cd "$WORK/${folder}"`,
  'npm install',
  'npm test',
  'npm run install-plugin',
  'npx ingot serve &',
  'eval "$(npx ingot env)"',
  'packer build example/build.pkr.hcl',
]

/** As much as an author waits before typing on: the registry has said that it serves. */
const patience = 'for i in $(seq 100); do npx ingot env > /dev/null 2>&1 && break; sleep 0.2; done'

/** Ends the registry with the shell, as closing a terminal does. */
const endAll = `trap 'trap "" TERM; kill 0; wait' EXIT`

/** The Nodes of this machine: the repository's own, and what else an author may have. */
const nodes = [
  process.execPath,
  ...(process.env['PATH'] ?? '').split(delimiter).map((entry) => join(entry, 'node')),
]
  .filter((file) => !file.includes('.bin') && existsSync(file))
  .map((file) => [execFileSync(file, ['--version'], { encoding: 'utf8' }).trim(), dirname(file)] as const)
  .filter(([version], index, all) => all.findIndex(([other]) => other === version) === index)
  .filter(([version]) => Number.parseInt(version.slice(1), 10) >= 20)

test.each(nodes)(
  'from a clone to a published image in ten commands and five minutes, on Node %s',
  { timeout: 600_000 },
  async (_, node) => {
    expect(commands.length + ['git clone', 'npm install'].length).toBeLessThanOrEqual(10)
    using work = temporaryFolder()
    const home = join(work.path, 'home')
    mkdirSync(home)
    const script = commands.flatMap((command) =>
      command.startsWith('eval') ? [patience, command] : [command],
    )
    const shown = 'npx ingot versions happy-cloud-images --json && npm run check'
    await using author = startCommand({
      file: 'bash',
      args: ['-c', ['set -euo pipefail', endAll, ...script, shown].join('\n')],
      cwd: clone,
      env: {
        WORK: work.path,
        HOME: home,
        // npm's own folder, and so the machine's: an author has the rest too.
        PATH: [node, dirname(packer), dirname(npmProgram()), '/usr/bin', '/bin'].join(delimiter),
        // Where the registry of packages is behind a certificate of the machine's own.
        NODE_EXTRA_CA_CERTS: process.env['NODE_EXTRA_CA_CERTS'] ?? '',
        npm_config_cache: process.env['npm_config_cache'] ?? join(homedir(), '.npm'),
        npm_config_prefer_offline: 'true',
        npm_config_audit: 'false',
        npm_config_fund: 'false',
        INGOT_LISTEN: '127.0.0.1:0',
        CHECKPOINT_DISABLE: '1',
      },
      limit: 590_000,
    })
    const start = performance.now()
    await author.said('Published metadata to HCP Packer registry packer/happy-cloud-images/versions/')
    expect(performance.now() - start).toBeLessThan(300_000)
    const { output, stdout } = await author.done
    expect(output).toMatch(/packer builds the example|2 passed/)
    expect(stdout).toContain('"v1"')
  },
)

test.each(components)('packer takes the example of a new plugin with a %s', (component) => {
  using work = temporaryFolder()
  const options = { name: 'happy-cloud', owner: 'acme', license: 'mit', year: 2026 } as const
  const plugin = createPlugin({ ...options, component, folder: join(work.path, 'plugin') })
  symlinkSync(join(clone, 'node_modules'), join(plugin.folder, 'node_modules'), 'dir')
  const vitest = join(clone, 'node_modules', 'vitest', 'vitest.mjs')
  const ran = spawnSync(process.execPath, [vitest, 'run', '--root', plugin.folder], {
    cwd: plugin.folder,
    encoding: 'utf8',
    env: { ...process.env, PACKER: packer },
  })
  expect(ran.status, ran.stdout + ran.stderr).toBe(0)
  expect(ran.stdout).not.toContain('skipped')
})

test('the readme of the command says the same', () => {
  const readme = readFileSync(join(clone, 'packages', 'create-ingot-plugin', 'README.md'), 'utf8')
  for (const command of commands) {
    expect(readme).toContain(
      command.replace('"$WORK/', '../').replace('" -- --yes', ' -- --yes').replace(/"$/, ''),
    )
  }
})

function npmProgram(): string {
  return spawnSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).stdout.trim()
}
