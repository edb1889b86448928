import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ingot, type Served, served } from './ingot.ts'

let registry: Served
let folder: string

beforeAll(async () => {
  registry = await served()
  folder = await mkdtemp(join(tmpdir(), 'ingot-cli-files-'))
})

afterAll(async () => {
  await registry[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

const manifest = {
  builds: [
    {
      name: 'ubuntu',
      builder_type: 'amazon-ebs',
      build_time: 1_760_000_000,
      files: null,
      artifact_id: 'us-east-1:ami-1,eu-west-1:ami-2',
      packer_run_uuid: '6f8a1c1e-9f70-4f0e-8f5e-0d5b0a2c9d11',
      custom_data: null,
    },
  ],
  last_run_uuid: '6f8a1c1e-9f70-4f0e-8f5e-0d5b0a2c9d11',
}

describe('ingot', () => {
  it('shows what it can do, with its exit codes', async () => {
    const { status, out } = await ingot(['--help'])
    expect(status).toBe(0)
    expect(out).toContain('Exit codes')
    for (const command of ['serve', 'env', 'publish', 'resolve', 'versions', 'doctor', 'plugin', 'revoke']) {
      expect(out).toContain(command)
      expect((await ingot([command, '--help'])).out).toContain('Usage: ingot')
    }
  })

  it.each([
    [['frobnicate'], 'unknown command'],
    [['resolve'], 'missing required argument'],
    [['versions', 'b', '--frob'], 'unknown option'],
    [['publish', '--manifest', 'x', '--label', 'novalue'], 'NAME=VALUE'],
    [['env', '--for', 'latest'], 'such as 1.7'],
    [['resolve', 'b', '--channel', 'c', '--version-name', 'v1'], 'not both'],
  ])('says what is wrong with %j', async (args, message) => {
    const { status, err } = await ingot(args, registry.env)
    expect(status).toBe(2)
    expect(err).toContain(message)
    expect(err).not.toMatch(/^\s+at /m)
  })
})

describe('ingot env', () => {
  it('prints variables for eval, and the same as JSON', async () => {
    const { out } = await ingot(['env'], registry.env)
    const variables = JSON.parse((await ingot(['env', '--json'], registry.env)).out)
    for (const [name, value] of Object.entries(variables)) expect(out).toContain(`export ${name}=${value}`)
    expect(Object.keys(variables)).toEqual(
      expect.arrayContaining(['HCP_CLIENT_ID', 'HCP_CLIENT_SECRET', 'HCP_AUTH_URL', 'HCP_API_ADDRESS']),
    )
    expect(variables.HCP_AUTH_URL).toMatch(/^https:/)
  })

  it('prints what an old packer takes, with what else it wants', async () => {
    const { out } = await ingot(['env', '--for', '1.7'], registry.env)
    const variables = JSON.parse((await ingot(['env', '--for', '1.7', '--json'], registry.env)).out)
    for (const [name, value] of Object.entries(variables)) expect(out).toContain(`export ${name}=${value}`)
    expect(variables).toMatchObject({
      HCP_API_HOST: expect.stringMatching(/^localhost:\d+$/),
      HCP_PACKER_REGISTRY: '1',
    })
    expect(variables).not.toHaveProperty('HCP_PROJECT_ID')
    expect(out).toMatch(/^# .*HCP_PACKER_BUILD_FINGERPRINT/m)
    const [check] = JSON.parse(
      (await ingot(['doctor', '--json'], { ...registry.env, ...variables, HCP_PACKER_REGISTRY: '1' })).out,
    ).filter((each: { check: string }) => each.check === 'variables')
    expect(check).not.toHaveProperty('fix')
    expect((await ingot(['env', '--for', '1.6'], registry.env)).err).toContain('1.7.7')
  })

  it('names the remedy where no registry has run', async () => {
    const { status, err } = await ingot(['env'], { INGOT_DATA: join(folder, 'nothing') })
    expect(status).toBe(1)
    expect(err).toContain('ingot serve')
  })
})

describe('publish, versions and resolve', () => {
  it('publish a manifest once, and find its images', async () => {
    const file = join(folder, 'packer-manifest.json')
    await writeFile(file, JSON.stringify(manifest))
    const args = ['publish', '--manifest', file, '--bucket', 'base-ubuntu', '--label', 'team=platform']
    const first = await ingot(args, registry.env)
    expect(first).toMatchObject({ status: 0, out: expect.stringContaining('base-ubuntu v1 is complete') })
    expect((await ingot(args, registry.env)).out).toContain('was there')

    const listed = await ingot(['versions', 'base-ubuntu', '--json'], registry.env)
    expect(JSON.parse(listed.out)).toMatchObject([{ name: 'v1', channels: ['latest'] }])
    const one = await ingot(['resolve', 'base-ubuntu', '--region', 'us-east-1'], registry.env)
    expect(one).toMatchObject({ status: 0, out: 'ami-1\n' })
  })

  it('list the candidates where several images fit, and where none does', async () => {
    const several = await ingot(['resolve', 'base-ubuntu'], registry.env)
    expect(several.status).toBe(3)
    expect(several.err).toMatch(/ami-1[\s\S]*--region us-east-1[\s\S]*ami-2|ami-2[\s\S]*ami-1/)
    const none = await ingot(['resolve', 'base-ubuntu', '--platform', 'gce'], registry.env)
    expect(none.status).toBe(3)
    expect(none.err).toContain('ami-1')
  })

  it('say so where there is no such bucket', async () => {
    const { status, err } = await ingot(['versions', 'nowhere'], registry.env)
    expect(status).toBe(3)
    expect(err).toContain('nowhere')
  })

  it.each([
    ['no file', undefined, 'cannot be read'],
    ['no JSON', '{', 'JSON'],
    ['another format', '{"hello":1}', 'manifest'],
  ])('refuse a manifest that is %s', async (_, content, message) => {
    const file = join(folder, 'bad-manifest.json')
    await rm(file, { force: true })
    if (content !== undefined) await writeFile(file, content)
    const { status, err } = await ingot(
      ['publish', '--manifest', file, '--bucket', 'base-ubuntu'],
      registry.env,
    )
    expect(status).toBe(1)
    expect(err).toContain(message)
  })

  it('say where nothing listens', async () => {
    const dead = {
      ...JSON.parse((await ingot(['env', '--json'], registry.env)).out),
      HCP_API_ADDRESS: '127.0.0.1:9',
    }
    const { status, err } = await ingot(['versions', 'base-ubuntu'], {
      ...dead,
      HCP_AUTH_URL: 'https://127.0.0.1:9',
    })
    expect(status).toBe(4)
    expect(err).toContain('127.0.0.1:9')
    expect(err).toContain('trying again')
  })
})

describe('ingot doctor', () => {
  it('is content in a shell that heeded ingot env', async () => {
    const variables = JSON.parse((await ingot(['env', '--json'], registry.env)).out)
    const { status, out } = await ingot(['doctor'], { ...registry.env, ...variables })
    expect(out).not.toContain('BAD')
    expect(status).toBe(0)
  })

  it('names the fix where the variables are missing or lead elsewhere', async () => {
    const bare = await ingot(['doctor', '--json'], registry.env)
    expect(bare.status).toBe(5)
    const bad = JSON.parse(bare.out).filter((each: { state: string }) => each.state === 'bad')
    expect(bad.map((each: { check: string }) => each.check)).toEqual(['variables', 'trust of stock clients'])
    for (const each of bad) expect(each.fix).toContain('ingot env')

    const variables = JSON.parse((await ingot(['env', '--json'], registry.env)).out)
    const astray = await ingot(['doctor'], { ...registry.env, ...variables, HCP_API_HOST: 'elsewhere:1' })
    expect(astray.out).toContain('unset HCP_API_HOST')
  })

  it('sees a data directory that others can read', async () => {
    await chmod(registry.dataDir, 0o755)
    const { out } = await ingot(['doctor'], registry.env)
    await chmod(registry.dataDir, 0o700)
    expect(out).toContain('chmod')
  })
})

describe('ingot serve', () => {
  it('finds its data again, and stops cleanly', async () => {
    await using once = await served()
    const before = (await ingot(['env', '--json'], once.env)).out
    expect(await once.stop('SIGINT')).toBe(0)
    const doctor = await ingot(['doctor'], once.env)
    expect(doctor).toMatchObject({ status: 5, out: expect.stringContaining('ingot serve') })
    expect(JSON.parse((await ingot(['env', '--json'], once.env)).out)).toEqual(JSON.parse(before))
  })

  it('says when its port is taken, its directory is in use, or its address is none', async () => {
    const blocker = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => blocker.once('listening', resolve))
    const { port } = blocker.address() as { port: number }
    const taken = await ingot(['serve', '--data', join(folder, 'taken'), '--listen', `127.0.0.1:${port}`])
    blocker.close()
    expect(taken).toMatchObject({ status: 1, err: expect.stringContaining('--listen') })
    const locked = await ingot(['serve'], registry.env)
    expect(locked).toMatchObject({ status: 1, err: expect.stringContaining('--data') })
    const malformed = await ingot(['serve', '--data', join(folder, 'x'), '--listen', 'nonsense'])
    expect(malformed).toMatchObject({ status: 1, err: expect.stringContaining('HOST:PORT') })
  })
})
