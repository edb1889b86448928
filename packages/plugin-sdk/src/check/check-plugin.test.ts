import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { bundlePlugin } from '../bundle/bundle-plugin.ts'
import { installPlugin } from '../install/install-plugin.ts'
import { checkPlugin } from './check-plugin.ts'

const entry = fileURLToPath(new URL('../../test/greeting-plugin.ts', import.meta.url))
const sdk = fileURLToPath(new URL('../index.ts', import.meta.url))
let folder: string
let greeting: string

beforeAll(async () => {
  vi.stubEnv('PATH', [dirname(process.execPath), process.env['PATH']].join(delimiter))
  folder = await mkdtemp(join(tmpdir(), 'ingot-check-'))
  greeting = (await bundlePlugin({ entry, outfile: `${folder}/` })).file
})

afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

let scripts = 0

/** A shell script that describes itself with that, and does as told for all else. */
async function script(
  description: object,
  otherwise = 'exit 3',
  name = 'packer-plugin-odd',
): Promise<string> {
  const file = join(folder, `script-${++scripts}`, name)
  await mkdir(dirname(file))
  const line = JSON.stringify({ version: '1.0.0', sdk_version: '0.1.0', api_version: 'x5.0', ...description })
  await writeFile(file, `#!/bin/sh\nif [ "$1" = describe ]; then echo '${line}'; exit; fi\n${otherwise}\n`)
  await chmod(file, 0o755)
  return file
}

async function complaints(file: string, timeout = 20_000) {
  const { ok, findings } = await checkPlugin({ file, timeout })
  const bad = findings.filter(({ state }) => state === 'bad')
  expect(ok).toBe(bad.length === 0)
  for (const { fix } of bad) expect(fix).toMatch(/\w/)
  return bad.map(({ check, seen }) => `${check}: ${seen}`)
}

test('a plugin in order passes, component by component, and each finding is told as it comes', async () => {
  const told: string[] = []
  const report = await checkPlugin({ file: greeting, onFinding: ({ check }) => void told.push(check) })
  expect(report).toMatchObject({ file: greeting, ok: true })
  expect(report.findings.map(({ check, seen }) => `${check}: ${seen}`)).toEqual([
    'name: packer-plugin-greeting',
    'describe: answers with its description',
    'version: 1.2.3',
    'SDK version: 0.1.0',
    'API version: x5.0',
    'components: 1 builder, 1 provisioner, 1 post-processor, 1 data source',
    'builder of the plugin’s own name: 3 options, in gob and protobuf',
    'provisioner waver: 1 option, in gob and protobuf',
    'post-processor wrapper: 1 option, in gob and protobuf',
    'data source greeter: 0 options, 1 output, in gob and protobuf',
  ])
  expect(told).toEqual(report.findings.map(({ check }) => check))
})

test('a module that exports a plugin is bundled first', async () => {
  expect(await checkPlugin({ file: entry })).toMatchObject({ file: entry, ok: true })
  const broken = join(folder, 'broken.ts')
  await writeFile(broken, 'export const other = 1')
  await expect(checkPlugin({ file: broken })).rejects.toMatchObject({ code: 'no-plugin' })
})

test('an installed plugin is held against its name and checksum', async () => {
  const pluginDir = join(folder, 'plugins')
  const { file } = await installPlugin({ file: greeting, source: 'github.com/acme/greeting', pluginDir })
  expect(await complaints(file)).toEqual([])
  await writeFile(`${file}_SHA256SUM`, '0'.repeat(64))
  expect(await complaints(file)).toEqual([expect.stringContaining('checksum: packer-plugin-greeting_v1.2.3')])
  const other = file.replace('v1.2.3', 'v2.0.0')
  await writeFile(other, '#!/bin/sh\n')
  const named = await script({}, '', 'packer-plugin-odd_v2.0.0_x5.0_linux_amd64')
  expect(await complaints(named)).toContain(
    'named version: named v2.0.0_x5.0, describes itself as v1.0.0_x5.0',
  )
})

test.each([
  ['plugin-odd', 'name: plugin-odd'],
  ['packer-plugin-My', 'name: packer-plugin-My'],
  ['packer-plugin-a_b', 'name: packer-plugin-a_b'],
])('the name %s is refused', async (name, complaint) => {
  expect(await complaints(await script({}, '', name))).toContain(complaint)
})

test.each([
  [{ version: '' }, 'version: ""'],
  [{ version: 'v1' }, 'version: "v1"'],
  [{ version: '1.0.0-beta' }, 'version: 1.0.0-beta'],
  [{ sdk_version: '' }, 'SDK version: empty'],
  [{ builders: [] }, 'components: none'],
  [{ api_version: '' }, expect.stringContaining('describe: The plugin packer-plugin-odd speaks API')],
])('the description %j is refused', async (description, complaint) => {
  expect(await complaints(await script(description))).toContainEqual(complaint)
})

test.each([
  ['#!/bin/sh\necho hello', 'describe: The plugin packer-plugin-no described itself with "hello\\n"'],
  ['#!/bin/sh\nexit 1', 'describe: The plugin packer-plugin-no ended with exit code 1'],
  ['', 'describe: '],
])('a file that is no plugin is refused: %j', async (text, complaint) => {
  const file = join(folder, 'packer-plugin-no')
  await writeFile(file, text)
  await chmod(file, 0o755)
  expect(await complaints(file)).toEqual([expect.stringContaining(complaint)])
})

test('a file that is not there is refused', async () => {
  expect(await complaints(join(folder, 'packer-plugin-absent'))).toEqual([expect.stringContaining('ENOENT')])
})

test('a component that does not start is told with what it printed', async () => {
  const file = await script({ builders: ['x'] }, 'echo "no licence" >&2; exit 3')
  expect(await complaints(file)).toEqual([
    expect.stringMatching(/^builder x: in gob: .*exit code 3.*no licence$/),
  ])
})

test('a component that does not answer is not waited for without end', async () => {
  const file = await script({ provisioners: ['x'] }, 'exec sleep 60')
  expect(await complaints(file, 300)).toEqual([expect.stringContaining('provisioner x: in gob')])
})

test('a component that describes its configuration otherwise in another serialisation is refused', async () => {
  const other = join(folder, 'other.ts')
  await writeFile(
    other,
    `import { config, defineBuilder, definePlugin, DEFAULT_COMPONENT } from ${JSON.stringify(sdk)}
     const odd = defineBuilder({ config: config({ name: config.number() }), images: 'none', run: () => undefined })
     export const plugin = definePlugin({ name: 'odd', version: '1.0.0', builders: { [DEFAULT_COMPONENT]: odd } })`,
  )
  const { file: second } = await bundlePlugin({ entry: other, outfile: join(folder, 'second') })
  const file = await script(
    { builders: ['-packer-default-plugin-name-'], protocol_version: 'v2' },
    `case "$*" in *--protobuf*) exec '${second}' "$@";; *) exec '${greeting}' "$@";; esac`,
  )
  expect(await complaints(file)).toEqual([
    'builder of the plugin’s own name: describes its configuration otherwise in gob than in protobuf',
  ])
})

test('a line in the log that Packer takes for a crash is refused', async () => {
  const file = await script(
    { builders: ['x'] },
    `echo 'panic: nothing' >&2; exec '${greeting}' start builder -packer-default-plugin-name-`,
  )
  expect(await complaints(file)).toEqual(['builder x: in gob: panic: nothing'])
})
