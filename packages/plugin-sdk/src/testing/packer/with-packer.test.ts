import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findPacker, packerMissing } from './find-packer.ts'
import { type PackerOptions, withPacker } from './with-packer.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ingot-with-packer-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

function program(name: string, text: string): string {
  const file = join(folder, name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `#!/bin/sh\n${text}\n`)
  chmodSync(file, 0o755)
  return file
}

/** A program that tells packer's version, and for all else does what a test wants. */
function release(version: string, otherwise = ''): string {
  const name = join(version, `run-${otherwise.length}`, 'packer')
  return program(name, `[ "$1" = version ] && { echo "Packer v${version}"; exit; }\n${otherwise}`)
}

describe('finding packer', () => {
  test('the first that fits, of PACKER before PATH', async () => {
    const [old, newest] = [release('1.9.4'), release('1.16.0')]
    const env = { PACKER: old, PATH: ['/nowhere', dirname(newest)].join(delimiter) }
    expect(await findPacker(undefined, { env })).toEqual({ file: old, version: '1.9.4' })
    expect(await findPacker('>= 1.11.0', { env })).toEqual({ file: newest, version: '1.16.0' })
    expect(await packerMissing('1.16.0', { env })).toBeUndefined()
  })

  test('what is there instead, and where to get it', async () => {
    const other = program('cracklib/packer', 'echo "skipping line: 0"')
    const env = { PATH: [dirname(other), dirname(release('1.9.4'))].join(delimiter) }
    const reason = await packerMissing('1.16.0', { env })
    expect(reason).toContain(`There is no packer 1.16.0: found ${other}, which is not HashiCorp's packer; `)
    expect(reason).toContain('packer, 1.9.4. Install it from https://')
    await expect(withPacker('1.16.0', { env })).rejects.toMatchObject({ code: 'packer-missing' })
    expect(await packerMissing('1', { env: {} })).toContain('there is none on the PATH')
  })

  test('a version that is none is no reason to skip', async () => {
    await expect(packerMissing('newest')).rejects.toMatchObject({ code: 'constraint' })
  })
})

describe('runs', () => {
  const description = JSON.stringify({
    version: '1.0.0',
    sdk_version: '0.1.0',
    api_version: 'x5.0',
    builders: ['image'],
  })
  const installed = (script: string, more: PackerOptions = {}) =>
    withPacker(undefined, {
      packer: release('1.16.0', script),
      file: program('packer-plugin-trial', `printf '%s\\n' '${description}'`),
      ...more,
    })

  test('in a folder with the plugin, a log, and nothing of the developer’s', async () => {
    process.env['HCP_CLIENT_ID'] = 'of the developer'
    await using packer = await installed(
      'echo "ran $*" > "$PACKER_LOG_PATH"; echo "1,,ui,say,id $HCP_CLIENT_ID registry $HCP_PACKER_REGISTRY"; find "$PACKER_PLUGIN_PATH" -type f; echo "$HOME"',
    )
    delete process.env['HCP_CLIENT_ID']
    const build = await packer.build('build {}', { args: ['-force'], vars: { a: '1' } })
    build
      .succeeds()
      .says('id  registry off')
      .says(/github\.com\/test\/trial\/packer-plugin-trial_v1\.0\.0_x5\.0_/)
    build.logs(/^ran build -machine-readable -force -var=a=1 .*template\.pkr\.hcl$/m)
    expect(build.output).toContain(dirname(packer.folder))
  })

  test('with a registry’s variables', async () => {
    const variables = { HCP_CLIENT_ID: 'of the test' }
    await using packer = await installed('echo "$HCP_CLIENT_ID,$HCP_PACKER_REGISTRY"', { variables })
    expect((await packer.run(['x'])).output).toBe('of the test,')
  })

  test('a text that begins with a brace is a JSON template', async () => {
    await using packer = await installed('echo "$@"')
    ;(await packer.validate('{ "builders": [] }')).says(/validate -machine-readable .*template\.json/)
  })

  test('a template’s file is found from where the test runs', async () => {
    await using packer = await installed('echo "$@"')
    ;(await packer.build('site.pkr.hcl')).says(join(process.cwd(), 'site.pkr.hcl'))
  })

  test('what is not as the test says is told with the output', async () => {
    await using packer = await installed('echo "1,,ui,error,The secret is s3cret"; exit 1')
    const build = await packer.build('build {}')
    expect(() => build.succeeds()).toThrow(/ended with status 1\n\nThe secret/)
    expect(() => build.fails('Something else')).toThrow('did not say Something else')
    expect(() => build.hides('s3cret')).toThrow('said s3cret')
    expect(() => build.artifact()).toThrow('made 0 artifacts; all: none')
    build.fails(/secret/)
  })

  test('one that takes too long is ended with what it started, and says what it printed', async () => {
    await using packer = await installed('echo waiting; sleep 60')
    const running = packer.build('build {}', { timeout: 1500 })
    await expect(running).rejects.toMatchObject({
      code: 'ended',
      message: expect.stringContaining('waiting'),
    })
  })

  test('are ended when the test is over, and the folder goes', async () => {
    const packer = await installed('sleep 60')
    const running = packer.build('build {}').catch((error) => error)
    await packer[Symbol.asyncDispose]()
    expect(await running).toMatchObject({ code: 'ended' })
    expect(existsSync(packer.folder)).toBe(false)
  })
})
