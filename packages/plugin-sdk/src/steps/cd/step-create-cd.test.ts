import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isInstalled } from '../../../test/installed-tool.ts'
import { defineBuilder } from '../../builder/definition.ts'
import { type ConfigInput, config } from '../../config/config.ts'
import { testBuilder } from '../../testing/test-builder.ts'
import { runSteps } from '../run-steps.ts'
import type { StateBag } from '../state-bag.ts'
import { cdConfig } from './cd-config.ts'
import { makeIso } from './make-iso.ts'
import { stepCreateCd } from './step-create-cd.ts'

const settings = config(cdConfig())
const never = new AbortController().signal
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingot-cd-'))
  await mkdir(join(folder, 'seed', 'scripts'), { recursive: true })
  await writeFile(join(folder, 'seed', 'meta-data'), 'FROM-FILE')
  await writeFile(join(folder, 'seed', 'scripts', 'a rather long name.sh'), 'SCRIPT')
})
afterAll(() => rm(folder, { recursive: true }))

async function made(given: ConfigInput<typeof settings>, look: (path: string) => unknown = () => {}) {
  let path: string | undefined
  const looks = {
    async run(state: StateBag) {
      path = state.getOk('cd_path')
      if (path) await look(path)
    },
  }
  const builder = defineBuilder({
    config: settings,
    images: 'none',
    async run(build) {
      await runSteps([stepCreateCd(build.config), looks], build)
      return undefined
    },
  })
  await testBuilder(builder).run(given)
  return path
}

test('nothing is made where nothing is named', async () => {
  expect(await made({})).toBeUndefined()
})

test('a path that leads out of the CD is refused', async () => {
  await expect(made({ cd_content: { '../x': 'y' } })).rejects.toThrow('"../x" is no path on a CD')
})

describe.skipIf(!isInstalled('xorriso', 'xorriso'))('xorriso', () => {
  const extract = (iso: string, path: string) => {
    const target = join(folder, 'extracted')
    execFileSync('xorriso', ['-osirrox', 'on', '-indev', iso, '-extract', path, target], { stdio: 'ignore' })
    return readFile(target, 'utf8').finally(() => rm(target, { force: true }))
  }

  test('makes a CD of files, folders and content, which is gone after the build', async () => {
    const found: string[] = []
    const path = await made(
      {
        cd_files: [`${join(folder, 'seed')}/`, join(folder, 'see*')],
        cd_content: { 'meta-data': 'FROM-TEMPLATE', '/user/data': 'USER' },
        cd_label: 'cidata',
      },
      async (iso) => {
        for (const file of ['meta-data', 'scripts/a rather long name.sh', 'seed/meta-data', 'user/data'])
          found.push(await extract(iso, `/${file}`))
        found.push((await readFile(iso)).subarray(0x8028, 0x8028 + 6).toString())
      },
    )
    expect(found).toEqual(['FROM-TEMPLATE', 'SCRIPT', 'FROM-FILE', 'USER', 'cidata'])
    await expect(readdir(dirname(path!))).rejects.toThrow()
  })
})

describe('the program', () => {
  const iso = () => ({ folder: join(folder, 'seed'), path: join(folder, 'out.iso'), label: 'x' })

  /** A PATH on which only these programs are, which write down how they were called. */
  async function pathWith(...programs: readonly string[]): Promise<NodeJS.ProcessEnv> {
    const bin = await mkdtemp(join(folder, 'bin-'))
    for (const name of programs) {
      await writeFile(join(bin, name), `#!/bin/sh\necho "$0 $@" > ${bin}/called\n`)
      await chmod(join(bin, name), 0o755)
    }
    return { PATH: bin }
  }

  test.each([
    [['oscdimg', 'mkisofs', 'xorriso'], 'xorriso -as genisoimage -rock -joliet -volid x -output OUT SEED'],
    [['oscdimg', 'hdiutil', 'mkisofs'], 'mkisofs -rock -joliet -volid x -o OUT SEED'],
    [['oscdimg', 'hdiutil'], 'hdiutil makehybrid -hfs -joliet -iso -default-volume-name x -o OUT SEED'],
    [['oscdimg'], 'oscdimg -j1 -o -m -lx SEED OUT'],
  ])('of %j is the first that is known', async (programs, called) => {
    const env = await pathWith(...programs)
    await makeIso(iso(), never, env)
    const line = (await readFile(join(env['PATH']!, 'called'), 'utf8')).trim()
    const { path, folder: seed } = iso()
    expect(line.replace(`${env['PATH']}/`, '').replace(path, 'OUT').replace(seed, 'SEED')).toBe(called)
  })

  test('is missed with a remedy', async () => {
    await expect(makeIso(iso(), never, await pathWith())).rejects.toThrow('install xorriso')
  })

  test('that fails is quoted', async () => {
    const env = await pathWith('mkisofs')
    await writeFile(join(env['PATH']!, 'mkisofs'), '#!/bin/sh\necho full disk >&2\nexit 3\n')
    await expect(makeIso(iso(), never, env)).rejects.toThrow('mkisofs made no CD: full disk')
  })

  test('ends with the build', async () => {
    const env = await pathWith('mkisofs')
    await writeFile(join(env['PATH']!, 'mkisofs'), '#!/bin/sh\nexec /bin/sleep 60\n')
    const stop = new AbortController()
    const making = makeIso(iso(), stop.signal, env)
    setTimeout(() => stop.abort(), 100)
    await expect(making).rejects.toThrow('aborted')
  })
})
