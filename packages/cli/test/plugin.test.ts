import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ingot, start } from './ingot.ts'

const entry = fileURLToPath(new URL('../../../examples/tarball/src/plugin.ts', import.meta.url))
const sdk = fileURLToPath(new URL('../../plugin-sdk/src/index.ts', import.meta.url))
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingot-cli-plugin-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const json = async (...args: readonly string[]) => JSON.parse((await ingot([...args, '--json'])).out)

describe('ingot plugin bundle, describe and install', () => {
  it('make a file, say what it offers, and put it where packer looks', async () => {
    const out = join(folder, 'packer-plugin-tarball')
    const bundled = await ingot(['plugin', 'bundle', entry, '--out', out])
    expect(bundled).toMatchObject({ status: 0, out: `${out}\n` })
    expect(bundled.err).toContain(`ingot plugin install ${out} github.com/OWNER/tarball`)
    expect((await ingot(['plugin', 'describe', out])).out).toContain('builders: image')
    const plugins = join(folder, 'plugins')
    const install = ['plugin', 'install', out, 'github.com/acme/tarball', '--plugin-dir', plugins]
    const installed = await ingot(install)
    expect(installed.status).toBe(0)
    const file = installed.out.trim()
    expect(file.startsWith(join(plugins, 'github.com', 'acme', 'tarball'))).toBe(true)
    expect((await stat(file)).mode & 0o777).toBe(0o755)
    expect(await readFile(`${file}_SHA256SUM`, 'utf8')).toMatch(/^[0-9a-f]{64}$/)
    expect(await ingot(['plugin', 'check', file])).toMatchObject({ status: 0 })
  })

  it('writes into a folder that is there', async () => {
    const { file } = await json('plugin', 'bundle', entry, '--out', folder, '--plugin-version', '2.0.0-dev')
    expect(file).toBe(join(folder, 'packer-plugin-tarball'))
  })

  it('makes an executable, and tells what takes long', async () => {
    const { status, out, err } = await ingot(['plugin', 'bundle', entry, '--executable', '-o', `${folder}/`])
    expect(status).toBe(0)
    expect(out).toMatch(/packer-plugin-tarball_v1\.0\.0_x5\.0_\w+\n$/)
    expect(err).toMatch(/Putting the plugin into Node .* …\n[\s\S]* MB\. .*packer plugins install --path/)
  }, 300_000)
})

describe('ingot plugin check', () => {
  it('lists what it looked at, for people and as JSON', async () => {
    const { status, out, err } = await ingot(['plugin', 'check', entry])
    expect(status).toBe(0)
    expect(out).toContain('ok    builder image: 8 options, in gob and protobuf')
    expect(err).toContain('Packer will take it.')
    expect(await json('plugin', 'check', entry)).toMatchObject({ file: entry, ok: true })
  })

  it('names what is to be mended, and ends with 5', async () => {
    const { status, out, err } = await ingot(['plugin', 'check', '/bin/true'])
    expect(status).toBe(5)
    expect(out).toMatch(/BAD {3}name: true\n {6}fix: {2}call the file packer-plugin-NAME/)
    expect(err).toContain('2 of 2 checks')
  })
})

describe('ingot plugin docs', () => {
  it('prints the pages, writes them, and fails where they are stale', async () => {
    expect((await ingot(['plugin', 'docs', entry])).out).toMatch(
      /<!-- README\.md -->[\s\S]*<!-- builders\/image\.mdx -->/,
    )
    const docs = join(folder, 'docs')
    const stale = await ingot(['plugin', 'docs', entry, '--out', docs, '--check'])
    expect(stale).toMatchObject({ status: 5, out: expect.stringContaining('stale  builders/image.mdx') })
    expect(stale.err).toContain(`ingot plugin docs ${entry} --out ${docs}`)
    expect((await json('plugin', 'docs', entry, '--out', docs)).changed).toContain('builders/image.mdx')
    expect(await ingot(['plugin', 'docs', entry, '--out', docs, '--check'])).toMatchObject({
      status: 0,
      err: '',
    })
    expect(await readdir(docs)).toContain('post-processors')
  })
})

describe('ingot plugin release', () => {
  it('makes the files that packer init takes, and says how to upload them', async () => {
    const out = join(folder, 'release')
    const args = [
      'plugin',
      'release',
      entry,
      '--out',
      out,
      '--platform',
      'linux_amd64',
      '--platform',
      'darwin/arm64',
    ]
    const { status, out: listed, err } = await ingot(args)
    expect(status).toBe(0)
    expect(listed).toContain('packer-plugin-tarball_v1.0.0_SHA256SUMS')
    expect(err).toMatch(/Packing darwin_arm64 …\n[\s\S]*git tag v1\.0\.0[\s\S]*gh release create v1\.0\.0/)
    expect(await readdir(out)).toHaveLength(4)
  })
})

describe('ingot plugin dev', () => {
  /** A watch in a process group of its own, and what it has printed. */
  async function watching(name: string) {
    const source = join(folder, `${name}.ts`)
    const write = (version: string) =>
      writeFile(
        source,
        `import { config, defineBuilder, definePlugin } from ${JSON.stringify(sdk)}
         const odd = defineBuilder({ config: config({}), images: 'none', run: () => undefined })
         export const plugin = definePlugin({ name: 'odd', version: '${version}', builders: { odd } })`,
      )
    await write('1.0.0')
    const args = ['plugin', 'dev', source, 'github.com/acme/odd', '--plugin-dir', join(folder, name)]
    const child = start(args, {}, true)
    const heard = { out: '', err: '' }
    child.stdout!.setEncoding('utf8').on('data', (text) => {
      heard.out += text
    })
    child.stderr!.setEncoding('utf8').on('data', (text) => {
      heard.err += text
    })
    /** What a terminal does: everything that was started hears of it. */
    const interrupt = async () => {
      process.kill(-child.pid!, 'SIGINT')
      return once(child, 'close')
    }
    return { write, heard, interrupt }
  }

  const soon = { timeout: 15_000 }

  it('installs at once and after each change, a line each, and ends clean on Ctrl-C', async () => {
    const { write, heard, interrupt } = await watching('dev')
    await expect
      .poll(() => heard.out, soon)
      .toMatch(/^installed {2}1\.0\.0-dev in \d+ ms: .*packer-plugin-odd_v1/)
    await write('one')
    await expect.poll(() => heard.out, soon).toMatch(/\nfailed {5}The bundle does not run: "one" cannot be/)
    await write('1.1.0')
    await expect.poll(() => heard.out, soon).toMatch(/\ninstalled {2}1\.1\.0-dev/)
    expect(await interrupt()).toEqual([0, null])
    expect(heard.out.trimEnd().split('\n')).toHaveLength(3)
    expect(heard.err).toMatch(/^Watching .*\nStopped.*\n$/)
  }, 60_000)

  it('ends clean in the middle of its work', async () => {
    const { heard, interrupt } = await watching('middle')
    await expect.poll(() => heard.err, soon).toMatch(/^Watching/)
    expect(await interrupt()).toEqual([0, null])
    expect(heard.err).toMatch(/^Watching .*\nStopped.*\n$/)
    expect(heard.out).not.toContain('failed')
  }, 60_000)
})

describe('what is wrong is said in one message', () => {
  it.each([
    [['describe', '/bin/true'], 'it is no plugin for packer'],
    [['describe', '/nowhere'], 'must exist and be executable'],
    [['install', '/bin/true', 'github.com/acme/true'], 'it is no plugin for packer'],
    [['install', '/bin/true', 'acme/true'], 'write it as in "github.com/acme/tarball"'],
    [['bundle', '/nowhere.ts'], 'There is no module /nowhere.ts'],
    [['bundle', entry, '--out', '/dev/null/x'], 'Cannot write /dev/null/x'],
    [['bundle', entry, '--executable', '--node', '/bin/sh'], 'it is no Node.js'],
    [['check', '/nowhere.ts'], 'There is no module /nowhere.ts'],
    [['docs', entry, '--out', '/dev/null/x'], 'Cannot write /dev/null/x/README.md'],
    [['docs', entry, '--source', 'acme'], 'write it as in "github.com/acme/tarball"'],
    [['release', entry, '--out', '/dev/null/x', '--platform', 'linux_amd64'], 'Cannot write /dev/null/x'],
    [
      ['release', entry, '--plugin-version', '1.0.0-dev'],
      '"packer init" installs no version such as 1.0.0-dev',
    ],
    [['release', entry, '--platform', 'beos_ppc'], '"beos_ppc" is no platform'],
    [
      ['release', entry, '--source', 'github.com/acme/zip'],
      'ends in "zip", but the plugin is called "tarball"',
    ],
    [['dev', '/nowhere.ts', 'github.com/acme/odd'], 'There is no module /nowhere.ts'],
    [['dev', entry, 'odd'], 'write it as in "github.com/acme/tarball"'],
  ])('%j', async (args, message) => {
    const { status, err } = await ingot(['plugin', ...args], { PACKER_PLUGIN_PATH: join(folder, 'none') })
    expect(status).toBe(1)
    expect(err).toContain(message)
    expect(err).not.toMatch(/^\s+at /m)
    expect(err).not.toContain('does not know')
  })

  it.each([
    [['bundle'], 'missing required argument'],
    [['bundle', entry, entry], 'too many arguments'],
    [['bundle', entry, '--platform', 'windows'], 'Give OS_ARCH'],
    [['bundle', entry, '--platform', 'windows_amd64'], '--node and --platform are for an --executable'],
    [['dev', entry], 'missing required argument'],
  ])('wrong usage: %j', async (args, message) => {
    const { status, err } = await ingot(['plugin', ...args])
    expect(status).toBe(2)
    expect(err).toContain(message)
  })
})
